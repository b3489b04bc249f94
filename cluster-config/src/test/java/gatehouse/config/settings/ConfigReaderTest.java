package gatehouse.config.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigReaderTest {

    private enum Weather {
        SUN,
        LIGHT_RAIN
    }

    @TempDir
    Path directory;

    @Test
    void what_is_within_its_bounds_is_read() throws Exception {
        var at = reader("a { n = 5, size = 4 MiB, wait = 250 ms, on = yes, sky = light-rain, names = [x, y] }")
                .at("a");

        assertThat(at.integer("n", 5, 5)).isEqualTo(5);
        assertThat(at.bytes("size", 1, 4 << 20)).isEqualTo(4 << 20);
        assertThat(at.duration("wait", Duration.ZERO, Duration.ofSeconds(1))).isEqualTo(Duration.ofMillis(250));
        assertThat(at.flag("on")).isTrue();
        assertThat(at.choice("sky", Weather.class)).isEqualTo(Weather.LIGHT_RAIN);
        assertThat(at.texts("names")).containsExactly("x", "y");
        assertThat(at.optionalText("none")).isEmpty();
        at.verify();
    }

    @Test
    void every_problem_carries_file_line_and_path() throws Exception {
        var at = reader("""
                gateway.policy.budget {
                  limit = -5
                  slice = 12.5
                  wait = 2 h
                  size = much
                  on = perhaps
                  sky = fog
                  names = { x = y }
                  text = [1]
                }
                """);

        var budget = at.at("gateway").at("policy.budget");
        budget.integer("limit", 1, 1_000_000_000);
        budget.integer("slice", 1, 1_000_000);
        budget.duration("wait", Duration.ofMillis(10), Duration.ofMinutes(1));
        budget.bytes("size", 1, 2);
        budget.flag("on");
        budget.choice("sky", Weather.class);
        budget.texts("names");
        budget.text("text");
        budget.text("gone");

        assertThat(at.problems())
                .containsExactly(
                        "node.conf: 2: gateway.policy.budget.limit is -5, not between 1 and 1000000000",
                        "node.conf: 3: gateway.policy.budget.slice is not a whole number",
                        "node.conf: 4: gateway.policy.budget.wait is 7200 s, not between 10 ms and 60 s",
                        "node.conf: 5: gateway.policy.budget.size is not a size such as 4 MiB",
                        "node.conf: 6: gateway.policy.budget.on is not true or false",
                        "node.conf: 7: gateway.policy.budget.sky is not sun or light-rain",
                        "node.conf: 8: gateway.policy.budget.names is not a list of texts",
                        "node.conf: 9: gateway.policy.budget.text is not a text",
                        "gateway.policy.budget.gone is missing");
    }

    @Test
    void a_number_too_large_for_the_machine_is_out_of_bounds_and_not_cut() throws Exception {
        var at = reader("n = 4294967297\nm = 1e30");

        at.integer("n", 0, Integer.MAX_VALUE);
        at.number("m", 0, Long.MAX_VALUE);

        assertThat(at.problems())
                .containsExactly(
                        "node.conf: 1: n is 4294967297, not between 0 and 2147483647",
                        "node.conf: 2: m is not a whole number");
    }

    @Test
    void a_rule_between_values_is_told_like_any_other_problem() throws Exception {
        var at = reader("limit = 1\nslice = 2");

        at.check("slice", false, "exceeds the limit");

        assertThatThrownBy(at::verify)
                .isInstanceOf(BadConfig.class)
                .hasMessage("node.conf: 2: slice exceeds the limit");
    }

    @Test
    void a_secret_comes_from_a_file_beside_the_one_that_names_it() throws Exception {
        Files.writeString(directory.resolve("seal.key"), "correct horse\n");

        var secret = reader("seal-file = seal.key").secret("seal");

        assertThat(secret.reveal()).isEqualTo("correct horse");
        assertThat(secret).hasToString("***");
    }

    @Test
    void a_secret_comes_from_a_variable() throws Exception {
        assertThat(reader("seal-env = PATH").secret("seal").reveal()).isEqualTo(System.getenv("PATH"));
    }

    @Test
    void a_secret_that_cannot_be_found_is_told_by_its_source() throws Exception {
        Files.writeString(directory.resolve("empty.key"), "\n");
        Files.write(directory.resolve("binary.key"), new byte[] {(byte) 0xff});
        var at = reader("""
                a-file = gone.key
                b-file = empty.key
                c-file = binary.key
                d-env = GATEHOUSE_NO_SUCH_VARIABLE
                e-file = x, e-env = y
                f-file = "", f-env = ""
                """);

        at.secret("a");
        at.secret("b");
        at.secret("c");
        at.secret("d");
        at.secret("e");
        at.secret("f");
        assertThat(at.optionalSecret("f")).isEmpty();

        assertThat(at.problems())
                .containsExactly(
                        "node.conf: 1: a-file names a file that does not exist",
                        "node.conf: 2: b-file names an empty file",
                        "node.conf: 3: c-file names a file that is not UTF-8 text",
                        "node.conf: 4: d-env names the variable GATEHOUSE_NO_SUCH_VARIABLE, which is not set",
                        "node.conf: 5: e-env is set, and so is e-file: choose one",
                        "f is missing: name a file by f-file, or a variable by f-env");
    }

    private ConfigReader reader(String text) throws Exception {
        var file = Files.writeString(directory.resolve("node.conf"), text);
        return ConfigReader.of(ConfigFactory.parseFile(file.toFile()).resolve());
    }
}
