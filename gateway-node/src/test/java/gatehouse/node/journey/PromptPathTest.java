package gatehouse.node.journey;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.session.fake.FakeUpstream;
import gatehouse.session.fake.Script;
import gatehouse.session.fake.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The store may be slow, for a call that is answered in time never waits for it.
class PromptPathTest {

    private static final int CALLS = 300;
    private static final String META = "{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientCapabilities\":{}}";

    @Test
    void prompt_calls_of_both_eras_write_nothing_to_the_store(@TempDir Path directory) {
        try (var upstream = FakeUpstream.dual();
                var node =
                        LocalNode.start(upstream.url(), directory, "gateway.storage.outbox.purge-interval = 1 hour")) {
            upstream.on("tools/call", Script.result("{\"content\":[],\"resultType\":\"complete\"}"));
            StoreWrites.watch("jdbc:h2:file:" + directory.resolve("store"));
            var before = StoreWrites.count();
            var legacy = new McpClient(node.route("open")).open("2025-11-25");
            var modern = new McpClient(
                    node.route("open"),
                    "MCP-Protocol-Version",
                    "2026-07-28",
                    "Mcp-Method",
                    "tools/call",
                    "Mcp-Name",
                    "echo");
            var opened = StoreWrites.count();
            assertThat(opened).isGreaterThan(before);

            for (var i = 0; i < CALLS; i++) {
                assertThat(legacy.post(McpClient.toolCall(i, "echo")).body()).contains("result");
                assertThat(modern.post(modernCall(i)).body()).contains("result");
            }
            assertThat(StoreWrites.count()).isEqualTo(opened);

            upstream.on(
                    "tools/call",
                    arrival -> List.of(
                            Step.pause(Duration.ofMillis(400)),
                            Script.result("{\"content\":[]}").answer(arrival).getFirst()));
            assertThat(legacy.call(McpClient.toolCall(CALLS, "slow")).rest()).hasSize(2);
            assertThat(StoreWrites.count()).isGreaterThan(opened);
        }
    }

    private static String modernCall(int id) {
        return McpClient.toolCall(id, "echo").replace("\"arguments\":{}", "\"arguments\":{},\"_meta\":" + META);
    }
}
