package gatehouse.node.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gatehouse.session.fake.FakeUpstream;
import gatehouse.session.fake.Identity;
import gatehouse.session.fake.Script;
import gatehouse.session.fake.Step;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A node whose edge speaks TLS, as `node.conf` says it.
class TlsJourneyTest {

    @Test
    void a_session_lives_over_https_and_plain_http_gets_nowhere(@TempDir Path directory) throws Exception {
        var identity = Identity.make(directory, "dns:localhost,ip:127.0.0.1");
        try (var upstream = FakeUpstream.legacy();
                var node = LocalNode.start(
                        upstream.url(),
                        directory,
                        "gateway.edge.tls.certificates = \"" + identity.chain() + "\"",
                        "gateway.edge.tls.key = \"" + identity.key() + "\"");
                var http =
                        HttpClient.newBuilder().sslContext(identity.context()).build()) {
            upstream.on("tools/call", Script.result("{\"content\":[]}"));
            var route = node.route("both");
            var secure = URI.create("https" + route.toString().substring("http".length()));
            var client = new McpClient(http, secure, "Authorization", "Bearer " + node.aliceKey()).open("2025-11-25");

            assertThat(client.post(McpClient.toolCall(1, "echo")).body())
                    .contains("\"id\":1")
                    .contains("result");

            upstream.on(
                    "tools/call",
                    Script.eventsOf(arrival -> List.of(
                            Step.event("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{}}"),
                            Step.event(Script.resultOf(arrival, "{\"content\":[]}")),
                            Step.end())));
            assertThat(client.call(McpClient.toolCall(2, "slow")).rest()).hasSize(3);
            assertThat(client.delete().statusCode()).isEqualTo(204);
            assertThatThrownBy(() -> new McpClient(route).open("2025-11-25")).isInstanceOf(IllegalStateException.class);
        }
    }
}
