package gatehouse.node.journey;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.session.fake.FakeUpstream;
import gatehouse.session.fake.Script;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Routes that lead back to the gateway.
class LoopTest {

    private static final String INITIALIZE = """
            {"jsonrpc":"2.0","id":"hello","method":"initialize","params":{"protocolVersion":"2025-11-25",\
            "capabilities":{},"clientInfo":{"name":"journey","version":"1"}}}""";
    private static final String MODERN_CALL = """
            {"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"echo","arguments":{},"_meta":{\
            "io.modelcontextprotocol/protocolVersion":"2026-07-28",\
            "io.modelcontextprotocol/clientCapabilities":{}}}}""";

    @Test
    void a_route_to_the_gateway_itself_is_found_out_in_either_era(@TempDir Path directory) {
        var port = Harness.freePort();
        try (var node = LocalNode.start(
                URI.create("http://127.0.0.1:" + port + "/mcp/open"),
                directory,
                "gateway.edge.port = " + port,
                "gateway.upstream.probing.timeout = 100 ms")) {
            var modern = call(node);
            var legacy = new McpClient(node.route("open")).post(INITIALIZE);

            assertThat(modern.statusCode()).isEqualTo(508);
            assertThat(modern.body()).contains("\"id\":7").contains("-31508");
            assertThat(legacy.body()).contains("\"id\":\"hello\"").contains("\"error\"");
            Counts.await(node, "permits", 0);
        }
    }

    @Test
    void a_chain_of_gateways_goes_on_as_far_as_is_allowed(@TempDir Path directory) throws Exception {
        try (var upstream = FakeUpstream.modern();
                var node = LocalNode.start(upstream.url(), directory)) {
            upstream.on("tools/call", Script.result("{\"content\":[]}"));

            assertThat(call(node, "Via", "1.1 gatehouse, 1.0 proxy, 1.1 gatehouse, 1.1 gatehouse")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(call(node, "Via", "1.1 gatehouse, 1.1 gatehouse, 1.1 gatehouse, 1.1 gatehouse")
                            .statusCode())
                    .isEqualTo(508);
            assertThat(upstream.arrivals())
                    .filteredOn(arrival -> arrival.key().equals("tools/call"))
                    .hasSize(1);
        }
    }

    private static HttpResponse<String> call(LocalNode node, String... more) {
        return new McpClient(node.route("open"), more)
                .post(
                        MODERN_CALL,
                        "MCP-Protocol-Version",
                        "2026-07-28",
                        "Mcp-Method",
                        "tools/call",
                        "Mcp-Name",
                        "echo");
    }
}
