package gatehouse.node.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import gatehouse.config.settings.ConfigReader;
import gatehouse.node.edge.EdgeSettings.Bind;
import gatehouse.node.edge.EdgeSettings.Crowd;
import gatehouse.node.edge.EdgeSettings.Plain;
import gatehouse.node.edge.EdgeSettings.Tls;
import gatehouse.node.edge.wire.Deadlines;
import gatehouse.node.edge.wire.Limits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class EdgeSettingsTest {

    @Test
    void the_defaults_are_those_the_security_review_asked_for() {
        var at = reader("");

        var settings = EdgeSettings.read(at.at("gateway.edge"));

        assertThat(at.problems()).isEmpty();
        assertThat(settings)
                .isEqualTo(new EdgeSettings(
                        new Bind("127.0.0.1", 8080, 1024),
                        new Plain(),
                        List.of(),
                        new Limits(
                                new Limits.Head(32 * 1024, 2 * 1024, 64, 16 * 1024),
                                4 * 1024 * 1024,
                                new Limits.Chunks(256 * 1024, 4096, 64)),
                        new Deadlines(
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(2),
                                1024,
                                Duration.ofSeconds(75),
                                Duration.ofSeconds(30),
                                Duration.ofSeconds(2)),
                        new Crowd(20_000, 0)));
    }

    @Test
    void a_certificate_and_its_key_make_the_edge_speak_tls() {
        var at = reader("gateway.edge.tls { certificates = /etc/a.pem, key = /etc/a.key }");

        assertThat(EdgeSettings.read(at.at("gateway.edge")).transport())
                .isEqualTo(new Tls(Path.of("/etc/a.pem"), Path.of("/etc/a.key")));
        assertThat(at.problems()).isEmpty();
    }

    @Test
    void everything_wrong_is_said_at_once() {
        var at = reader("""
                gateway.edge { port = 70000, tls.key = /etc/a.key
                               limits { head = 2 KiB, field-value = 4 KiB }, deadlines.head-deadline = 0 s }
                """);

        EdgeSettings.read(at.at("gateway.edge"));

        assertThat(at.problems())
                .hasSize(4)
                .anyMatch(problem -> problem.contains("gateway.edge.port is 70000"))
                .anyMatch(problem -> problem.contains("gateway.edge.tls needs both"))
                .anyMatch(problem -> problem.contains("field-value exceeds the head"))
                .anyMatch(problem -> problem.contains("gateway.edge.deadlines.head-deadline is 0 s"));
    }

    private static ConfigReader reader(String overrides) {
        return ConfigReader.of(ConfigFactory.parseString(overrides)
                .withFallback(ConfigFactory.parseResources("reference.conf"))
                .resolve());
    }
}
