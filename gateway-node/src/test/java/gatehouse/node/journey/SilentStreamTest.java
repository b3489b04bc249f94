package gatehouse.node.journey;

import gatehouse.session.fake.FakeUpstream;
import gatehouse.session.fake.Script;
import gatehouse.session.fake.Step;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An upstream that begins a stream and says nothing on it is let go of with the client that asked.
class SilentStreamTest {

    private static final String CALL = """
            {"jsonrpc":"2.0","id":"1","method":"tools/call","params":{"name":"idle","arguments":{},"_meta":{\
            "io.modelcontextprotocol/protocolVersion":"2026-07-28",\
            "io.modelcontextprotocol/clientCapabilities":{}}}}""";

    @Test
    void a_client_that_hangs_up_leaves_no_connection_behind(@TempDir Path directory) throws Exception {
        try (var upstream = FakeUpstream.modern();
                var node = LocalNode.start(upstream.url(), directory)) {
            upstream.on("tools/call", Script.events(Step.chunk(": wait\n\n"), Step.hang()));
            var client = new McpClient(
                    node.route("open"),
                    "MCP-Protocol-Version",
                    "2026-07-28",
                    "Mcp-Method",
                    "tools/call",
                    "Mcp-Name",
                    "idle");
            var waiting = Thread.ofVirtual().start(() -> {
                try {
                    client.post(CALL);
                } catch (IllegalStateException left) {
                    // which is what it was told
                }
            });
            while (!upstream.next().key().equals("tools/call")) {
                Thread.onSpinWait();
            }
            Counts.await(node, "calls", 1);

            client.leave();
            waiting.join();

            Counts.await(node, "calls", 0);
            Counts.await(node, "upstreamConnections", 0);
        }
    }
}
