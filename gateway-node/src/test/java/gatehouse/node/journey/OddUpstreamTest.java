package gatehouse.node.journey;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.session.fake.Arrival;
import gatehouse.session.fake.FakeUpstream;
import gatehouse.session.fake.Script;
import gatehouse.session.fake.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Upstreams that answer what few answer, and what becomes of their sessions.
class OddUpstreamTest {

    private static final String INITIALIZE = """
            {"jsonrpc":"2.0","id":"hello","method":"initialize","params":{"protocolVersion":"2025-11-25",\
            "capabilities":{},"clientInfo":{"name":"journey","version":"1"}}}""";

    private final FakeUpstream upstream = FakeUpstream.legacy();
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
        Counts.await(node, "permits", 2); // of the agent and of the node
        leaving.leave();
        waiting.join();

        Counts.await(node, "permits", 0);
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
