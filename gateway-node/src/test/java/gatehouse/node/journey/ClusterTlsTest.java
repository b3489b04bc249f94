package gatehouse.node.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gatehouse.session.fake.FakeUpstream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nodes that know each other by certificates, and strangers that would be one of them.
class ClusterTlsTest {

    private static final String SOON = "gateway.cluster.join-within = 6 s";

    @Test
    void nodes_with_certificates_of_one_authority_are_one_cluster_and_nobody_else_joins(@TempDir Path directory)
            throws Exception {
        var keys = certificates(directory.resolve("tls"));
        var strange = certificates(directory.resolve("strange"));
        try (var upstream = FakeUpstream.legacy();
                var nodes = TwoNodes.start(upstream.url(), directory, keys)) {
            Counts.await(nodes.first(), "members", 2);
            var client = new McpClient(
                            nodes.first().route("both"),
                            "X-MCP-Agent-Key",
                            nodes.first().aliceKey())
                    .open("2025-11-25");
            client.moveTo(nodes.second().route("both"));
            assertThat(client.post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}")
                            .statusCode())
                    .isEqualTo(200);

            assertThatThrownBy(() -> nodes.another(directory.resolve("other"), strange, SOON))
                    .hasStackTraceContaining("TimeoutException");
            assertThatThrownBy(() -> nodes.another(directory.resolve("plain"), NONE, SOON))
                    .hasStackTraceContaining("TimeoutException");
            Counts.await(nodes.first(), "members", 2);
            Counts.await(nodes.second(), "members", 2);
        }
    }

    private static final String NONE = "gateway.cluster.tls { key = \"\", certificate = \"\", authority = \"\" }";

    private static String certificates(Path directory) throws IOException, InterruptedException {
        Assumptions.assumeTrue(isInstalled("openssl"), "openssl is missing: nothing can make certificates here");
        var made = new ProcessBuilder("../cluster-config/deploy/certificates", directory.toString())
                .redirectErrorStream(true)
                .start();
        var said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(made.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(made.exitValue()).as(said).isZero();
        return "gateway.cluster.tls { key = \"%1$s/127.0.0.1.key\", certificate = \"%1$s/127.0.0.1.pem\", authority = \"%1$s/authority.pem\" }"
                .formatted(directory);
    }

    private static boolean isInstalled(String command) {
        for (var place : System.getenv("PATH").split(":", -1)) {
            if (Files.isExecutable(Path.of(place, command))) {
                return true;
            }
        }
        return false;
    }
}
