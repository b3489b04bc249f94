package gatehouse.config.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

    @TempDir
    Path directory;

    @Test
    void a_directory_without_a_file_runs_on_defaults() {
        var settings = Settings.load(directory);

        assertThat(settings.problems()).isEmpty();
        assertThat(settings.config().getString("gateway.catalogue.poll")).isEqualTo("1 s");
    }

    @Test
    void the_file_wins_over_the_defaults_and_the_system_property_over_the_file() throws Exception {
        write("gateway.catalogue { poll = 2 s, files = 7 }");
        System.setProperty("gateway.catalogue.files", "9");
        try {
            var settings = Settings.load(directory);

            assertThat(settings.problems()).isEmpty();
            assertThat(settings.config().getString("gateway.catalogue.poll")).isEqualTo("2 s");
            assertThat(settings.config().getInt("gateway.catalogue.files")).isEqualTo(9);
        } finally {
            System.clearProperty("gateway.catalogue.files");
        }
    }

    @Test
    void our_defaults_win_over_those_of_a_library_whatever_the_class_path() {
        var config = Settings.load(directory).config();

        assertThat(config.getStringList("pekko.serialization.jackson.jackson-modules"))
                .contains("gatehouse.config.cluster.SealedTypes")
                .noneMatch(module -> module.contains("scala"))
                .hasSize(7);
    }

    @Test
    void a_key_that_no_module_knows_stops_the_start() throws Exception {
        write("""
                gateway {
                  catalogue {
                    pol = 2 s
                    defaults.upstream.dead-line = 3 s
                  }
                  cluster = 5
                  zebra { stripes = 3 }
                }
                pekko.nobody-checks-libraries = 1
                """);

        assertThat(Settings.load(directory).problems())
                .containsExactly(
                        "node.conf: 3: gateway.catalogue.pol is unknown; did you mean \"poll\"?",
                        "node.conf: 4: gateway.catalogue.defaults.upstream.dead-line is unknown;"
                                + " did you mean \"deadline\"?",
                        "node.conf: 6: gateway.cluster is a section, not a value",
                        "node.conf: 7: gateway.zebra is unknown");
    }

    @Test
    void a_secret_written_into_the_settings_is_sent_to_a_file() {
        var problems = UnknownKeys.of(
                ConfigFactory.parseString("gateway.seal = hunter2"),
                ConfigFactory.parseString("gateway { seal-file = \"\", seal-env = \"\" }"));

        assertThat(problems)
                .singleElement()
                .asString()
                .contains("name its file by seal-file")
                .doesNotContain("hunter2");
    }

    @Test
    void a_section_that_is_empty_by_default_takes_any_key() {
        assertThat(UnknownKeys.of(
                        ConfigFactory.parseString("gateway.labels { zone = a }"),
                        ConfigFactory.parseString("gateway.labels {}")))
                .isEqualTo(List.of());
    }

    @Test
    void a_malformed_file_is_told_with_its_line_and_without_its_directory() throws Exception {
        write("gateway {\n  catalogue = [\n}\n");

        assertThat(Settings.load(directory).problems())
                .singleElement()
                .asString()
                .startsWith("node.conf: 3: ")
                .doesNotContain(directory.toString());
    }

    @Test
    void a_substitution_that_leads_nowhere_is_told() throws Exception {
        write("\ngateway.catalogue.poll = ${nowhere}\n");

        assertThat(Settings.load(directory).problems())
                .singleElement()
                .asString()
                .contains("node.conf: 2", "nowhere");
    }

    @Test
    void a_directory_that_is_not_there_is_told() {
        var gone = directory.resolve("gone");

        assertThat(Settings.load(gone).problems()).containsExactly(gone + " is not a directory");
    }

    private void write(String text) throws Exception {
        Files.writeString(directory.resolve("node.conf"), text);
    }
}
