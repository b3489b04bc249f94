package gatehouse.node.journey;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.session.fake.Arrival;
import gatehouse.session.fake.FakeUpstream;
import gatehouse.session.fake.Script;
import gatehouse.session.fake.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Upstreams that answer what few answer, and what becomes of their sessions.
class OddUpstreamTest {

    private static final String INITIALIZE = """
            {"jsonrpc":"2.0","id":"hello","method":"initialize","params":{"protocolVersion":"2025-11-25",\
            "capabilities":{},"clientInfo":{"name":"journey","version":"1"}}}""";

    private static final String MODERN_CALL = """
            {"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"echo","arguments":{},"_meta":{\
            "io.modelcontextprotocol/protocolVersion":"2026-07-28",\
            "io.modelcontextprotocol/clientCapabilities":{}}}}""";

    private static final String CANCELLED =
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":\"%s\"}}";

    private final FakeUpstream upstream = FakeUpstream.dual();
    private LocalNode node;

    @BeforeEach
    void start(@TempDir Path directory) {
        upstream.on("tools/call", Script.result("{\"content\":[]}"));
        node = LocalNode.start(upstream.url(), directory);
    }

    @AfterEach
    void stop() {
        node.close();
        upstream.close();
    }

    @Test
    void one_that_has_no_get_is_not_asked_to_open_one_session_after_the_other() {
        upstream.on("GET", Script.status(404));
        var client = client().open("2025-11-25");
        var opened = count("initialize");

        try (var listening = client.listen()) {
            assertThat(listening.status()).isEqualTo(200);
            IntStream.range(0, 50).forEach(i -> client.post(McpClient.toolCall(i, "echo")));
        }

        assertThat(count("initialize")).isEqualTo(opened);
        assertThat(count("GET")).isEqualTo(1);
    }

    @Test
    void a_session_forgotten_while_it_was_listened_to_is_opened_again_and_the_old_one_ended() throws Exception {
        upstream.on("GET", Script.events(Step.chunk("retry: 0\nid: 1\n\n"), Step.end()));
        var client = client().open("2025-11-25");
        awaitMethod("GET");
        var opened = count("initialize");

        upstream.on("GET", arrival -> {
            upstream.on("GET", Script.events(Step.hang()));
            return Script.status(404).answer(arrival);
        });
        awaitMethod("initialize");
        awaitMethod("DELETE");

        assertThat(count("initialize")).isEqualTo(opened + 1);
        client.delete();
    }

    @Test
    void one_that_wants_to_be_asked_again_at_once_is_asked_less_and_less_often() throws Exception {
        upstream.on("GET", Script.events(Step.chunk("id: x\nretry: 0\ndata:\n\n"), Step.end()));
        var client = client().open("2025-11-25");
        awaitMethod("GET");
        var first = System.nanoTime();

        awaitMethod("GET");
        awaitMethod("GET");
        awaitMethod("GET");

        assertThat(Duration.ofNanos(System.nanoTime() - first)).isGreaterThan(Duration.ofMillis(600));
        client.delete();
    }

    @Test
    void one_that_never_finishes_its_hello_holds_nothing_once_the_client_has_gone() throws Exception {
        client().open("2025-11-25").delete();
        upstream.on("initialize", Script.events(Step.chunk(": wait\n\n"), Step.hang()));
        var leaving = client();

        var waiting = Thread.ofVirtual().start(() -> {
            try {
                leaving.post(INITIALIZE);
            } catch (IllegalStateException left) {
                // which is what it was told
            }
        });
        awaitMethod("initialize");
        Counts.await(node, "calls", 1);
        leaving.leave();
        waiting.join();

        Counts.await(node, "permits", 0);
    }

    @Test
    void a_notification_it_lets_hang_counts_as_a_call() throws Exception {
        var client = client().open("2025-11-25");
        upstream.on("notifications/odd", Script.hang());

        var waiting =
                Thread.ofVirtual().start(() -> client.post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/odd\"}"));
        awaitMethod("notifications/odd");

        Counts.await(node, "calls", 1);
        upstream.hangUp();
        waiting.join();
        Counts.await(node, "permits", 0);
        client.delete();
    }

    @ParameterizedTest
    @CsvSource({"499,400", "520,502", "302,502", "503,503"})
    void its_error_reaches_a_modern_client_under_a_status_that_is_one(int status, int expected) {
        upstream.on("tools/call", Script.error(status, -32000));

        var answer = client().post(
                        MODERN_CALL,
                        "MCP-Protocol-Version",
                        "2026-07-28",
                        "Mcp-Method",
                        "tools/call",
                        "Mcp-Name",
                        "echo");

        assertThat(answer.statusCode()).isEqualTo(expected);
        assertThat(answer.body()).contains("\"id\":7").contains("-32000");
    }

    @Test
    void a_question_it_takes_back_is_taken_back_under_the_id_the_client_knows() {
        upstream.on(
                "tools/call",
                Script.eventsOf(arrival -> List.of(
                        Step.event("{\"jsonrpc\":\"2.0\",\"id\":\"ask-1\",\"method\":\"roots/list\"}"),
                        Step.event(CANCELLED.formatted("ask-2")),
                        Step.event(CANCELLED.formatted("ask-1")),
                        Step.event(Script.resultOf(arrival, "{}")),
                        Step.end())));
        var client = client().open("2025-11-25");

        var events = client.call(McpClient.toolCall(1, "ask")).rest().stream()
                .map(McpClient.Event::data)
                .filter(data -> !data.isEmpty())
                .toList();

        var asked = Pattern.compile("q-[0-9a-z]+").matcher(events.getFirst());
        assertThat(asked.find()).isTrue();
        assertThat(events).hasSize(3);
        assertThat(events.get(1)).isEqualTo(CANCELLED.formatted(asked.group()));
        client.delete();
    }

    private McpClient client() {
        return new McpClient(node.route("open"));
    }

    private long count(String key) {
        return upstream.arrivals().stream()
                .filter(arrival -> arrival.key().equals(key))
                .count();
    }

    /// The next one that was not awaited yet.
    private Arrival awaitMethod(String key) throws Exception {
        var arrival = upstream.next();
        while (!arrival.key().equals(key)) {
            arrival = upstream.next();
        }
        return arrival;
    }
}
