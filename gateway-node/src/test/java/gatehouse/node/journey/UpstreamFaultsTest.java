package gatehouse.node.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Everything the harness's awkward upstream can do wrong: its caller gets a precise error in its own era, in time, in
/// the
/// gateway's words; a call beside it is answered meanwhile; and nothing stays behind.
@Tag("harness")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UpstreamFaultsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration DEADLINE = Duration.ofSeconds(4);
    private static final Duration LATEST = DEADLINE.plusSeconds(3);

    private final Harness.Upstream upstream;
    private final LocalNode node;

    UpstreamFaultsTest(@TempDir Path directory) throws IOException {
        upstream = Harness.required().upstream("reference");
        node = LocalNode.start(upstream.url(), directory);
        Files.writeString(
                directory.resolve("upstreams/up.yaml"),
                "id: up\ntenant: crew\nurl: %s\nnetwork: loopback\nlimits:\n  deadline: %d s\n"
                        .formatted(upstream.url(), DEADLINE.toSeconds()));
        Counts.await(node, "catalogue", 2);
    }

    @AfterAll
    void stop() {
        node.close();
        upstream.close();
    }

    @ParameterizedTest
    @CsvSource({
        "fault-hang, unknown, (in time|deadline)",
        "fault-drop, unknown, hung up before it answered",
        "fault-drop-midstream, unknown, before",
        "fault-500, unknown, refused the request with HTTP 500",
        "fault-503, unknown, refused the request with HTTP 503",
        "fault-badjson, unknown, not valid MCP",
        "fault-html-200, unknown, not valid MCP",
        "fault-wrong-id, unknown, not valid MCP",
        "fault-slow-headers, unknown, (in time|deadline)",
        "fault-trickle, unknown, (in time|deadline)",
        "fault-huge, unknown, too large"
    })
    void what_goes_wrong_is_told_in_either_era(String fault, String outcome, String words) {
        for (var caller : new Era[] {legacy(), modern()}) {
            var begun = System.nanoTime();

            var error = caller.call(fault, "{\"mib\":20}").path("error");

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(LATEST);
            assertThat(error.path("code").asInt()).isEqualTo(-32603);
            assertThat(error.path("message").asText()).containsPattern(words).doesNotContain("secret", "login", "busy");
            assertThat(error.path("data").path("gatehouse").path("outcome").asText())
                    .isEqualTo(outcome);
            assertThat(caller.call("echo", "{\"message\":\"still here\"}")
                            .at("/result/content/0/text")
                            .asText())
                    .isEqualTo("Echo: still here");
        }
        Counts.await(node, "calls", 0);
        Counts.await(node, "permits", 0);
    }

    @ParameterizedTest
    @CsvSource({"-32000", "-32602"})
    void an_error_of_the_upstream_is_its_answer(int code) {
        assertThat(legacy().call("fault-error", "{\"code\":" + code + "}")
                        .at("/error/code")
                        .asInt())
                .isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"5000"})
    void a_flood_of_progress_ends_with_its_answer(int count) {
        for (var caller : new Era[] {legacy(), modern()}) {
            var answer = caller.call("fault-flood", "{\"count\":" + count + "}");

            assertThat(answer.at("/result/content/0/text").asText())
                    .describedAs(answer.toString())
                    .isEqualTo("sent " + count);
        }
    }

    private interface Era {
        JsonNode call(String tool, String arguments);
    }

    private Era legacy() {
        var client = new McpClient(node.route("open")).open("2025-11-25");
        return (tool, arguments) -> answer(client.call("""
                {"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"%s","arguments":%s,\
                "_meta":{"progressToken":"p"}}}""".formatted(tool, arguments)));
    }

    private Era modern() {
        return (tool, arguments) -> {
            var client = new McpClient(
                    node.route("open"),
                    "MCP-Protocol-Version",
                    "2026-07-28",
                    "Mcp-Method",
                    "tools/call",
                    "Mcp-Name",
                    tool);
            return answer(client.call("""
                    {"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"%s","arguments":%s,"_meta":{\
                    "progressToken":"p","io.modelcontextprotocol/protocolVersion":"2026-07-28",\
                    "io.modelcontextprotocol/clientCapabilities":{}}}}""".formatted(tool, arguments)));
        };
    }

    /// The one with the call's id, however it came.
    private static JsonNode answer(McpClient.EventStream stream) {
        try (stream) {
            var text = stream.type().contains("json")
                    ? stream.body()
                    : stream.rest().getLast().data();
            var answer = JSON.readTree(text);
            assertThat(answer.path("id").asInt()).isEqualTo(7);
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
