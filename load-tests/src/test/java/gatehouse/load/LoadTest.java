package gatehouse.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadTest {
    private final StringWriter said = new StringWriter();

    @Test
    void every_command_tells_what_it_does() {
        for (var name : Load.commands().getSubcommands().keySet()) {
            assertThat(run(name, "--help")).isZero();
        }
        assertThat(said.toString()).contains("Usage: load call-legacy").contains("Usage: load leak");
    }

    @ParameterizedTest
    @CsvSource({
        "call-legacy --rate 20001, --rate is 20001",
        "call-modern --seconds 601, --seconds is 601",
        "saturation --lines 513, --lines is 513",
        "idle --sessions 100001, --sessions is 100001",
        "idle --sessions 10 --streams 11, --streams is 11",
        "leak --at-once 501, --at-once is 501",
        "leak --gateway http://example.com/mcp, not a loopback address",
        "idle --gateway http://127.0.0.1:1/mcp, --gateway-pid is missing",
        "saturation --gateway http://10.1.2.3/mcp --echo-port 0 --skip nginx;bare-proxy, not a loopback address",
        "federation --members 101, --members is 101",
        "federation --gateway http://127.0.0.1:1/mcp, --gateway-pid is missing",
        "echo --port 65536, --port is 65536",
        "bare-proxy --upstream http://10.1.2.3/, not a loopback address"
    })
    void what_is_out_of_bounds_is_refused_before_anything_starts(String line, String complaint) {
        assertThat(run(line.replace(';', ',').split(" "))).isEqualTo(2);
        assertThat(said.toString()).contains(complaint);
    }

    @ParameterizedTest
    @CsvSource({"call-legacy, 20, 15, 20", "call-modern, 20, 15, 20", "saturation, 10, 10, 64"})
    void each_comparison_has_defaults_of_its_own(String name, String seconds, String warmUp, String lines) {
        assertThat(run(name, "--help")).isZero();

        assertThat(said.toString().replaceAll("\\s+", " "))
                .contains("in each round (default: " + seconds + ")")
                .contains("before the first (default: " + warmUp + ")")
                .contains("connections (default: " + lines + ")");
    }

    private int run(String... arguments) {
        var out = new PrintWriter(said, true);
        return Load.commands().setOut(out).setErr(out).execute(arguments);
    }
}
