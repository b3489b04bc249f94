package gatehouse.node.journey;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.session.fake.FakeUpstream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Clients of one era and upstreams of the other, over real HTTP.
class EraJourneyTest {

    private static final String DISCOVER = """
            {"jsonrpc":"2.0","id":"hello","method":"server/discover","params":{"_meta":{\
            "io.modelcontextprotocol/protocolVersion":"2026-07-28",\
            "io.modelcontextprotocol/clientCapabilities":{}}}}""";
    private static final String INITIALIZE = """
            {"jsonrpc":"2.0","id":"hello","method":"initialize","params":{"protocolVersion":"2025-11-25",\
            "capabilities":{},"clientInfo":{"name":"journey","version":"1"}}}""";

    @Test
    void a_modern_client_learns_from_the_refusal_that_it_should_open_a_session(@TempDir Path directory) {
        try (var upstream = FakeUpstream.legacy();
                var node = LocalNode.start(upstream.url(), directory)) {
            var client = new McpClient(node.route("open"));

            var refused = client.post(DISCOVER, "MCP-Protocol-Version", "2026-07-28", "Mcp-Method", "server/discover");

            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body())
                    .contains("\"id\":\"hello\"")
                    .contains("-32022")
                    .contains("\"supported\":[\"2025-03-26\",\"2025-06-18\",\"2025-11-25\"]");
            assertThat(client.open("2025-11-25").delete().statusCode()).isEqualTo(204);
        }
    }

    @Test
    void a_legacy_client_opens_a_session_at_an_upstream_that_has_none(@TempDir Path directory) {
        try (var upstream = FakeUpstream.modern();
                var node = LocalNode.start(upstream.url(), directory)) {
            var opened = new McpClient(node.route("open")).post(INITIALIZE);

            assertThat(opened.statusCode()).isEqualTo(200);
            assertThat(opened.headers().firstValue("Mcp-Session-Id")).isPresent();
            assertThat(opened.body())
                    .contains("\"id\":\"hello\"")
                    .contains("\"protocolVersion\":\"2025-11-25\"")
                    .contains("\"capabilities\":{\"tools\":{}}")
                    .doesNotContain("ttlMs");
        }
    }
}
