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

/// When sessions leave memory, when they end, and what they hold until then.
class RestJourneyTest {

    private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}";

    @Test
    void an_idle_session_leaves_memory_and_one_that_is_listened_to_stays(@TempDir Path directory) {
        try (var upstream = FakeUpstream.legacy();
                var node = LocalNode.start(upstream.url(), directory, "gateway.session.passivate = 200 ms")) {
            var idle = client(node);
            var listening = client(node);

            try (var stream = listening.listen()) {
                Counts.await(node, "sessions", 1);
                assertThat(stream.next().data()).isEmpty();
                assertThat(Counts.of(node, "streams")).isEqualTo(1);
            }
            Counts.await(node, "sessions", 0);

            assertThat(idle.post(LIST).statusCode()).isEqualTo(200);
            assertThat(listening.post(LIST).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void a_session_is_in_use_until_its_longest_call_has_ended(@TempDir Path directory) {
        try (var upstream = FakeUpstream.legacy();
                var node = LocalNode.start(
                        upstream.url(),
                        directory,
                        "gateway.session.idle = 2 s",
                        "gateway.session.passivate = 10 s",
                        "gateway.node.sweep = 500 ms")) {
            upstream.on(
                    "tools/call",
                    Script.eventsOf(arrival -> List.of(
                            Step.pause(Duration.ofSeconds(3)),
                            Step.event(Script.resultOf(arrival, "{\"content\":[]}")),
                            Step.end())));
            var client = client(node);

            var answer = client.call(McpClient.toolCall(7, "slow")).rest();

            assertThat(answer.getLast().data()).contains("\"id\":7");
            assertThat(client.post(LIST).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void nothing_is_held_for_the_stream_of_an_upstream_that_has_none(@TempDir Path directory) {
        try (var upstream = FakeUpstream.legacy();
                var node = LocalNode.start(upstream.url(), directory)) {
            var client = client(node);

            Counts.await(node, "streamLogs", 0);
            assertThat(Counts.of(node, "sessions")).isEqualTo(1);
            try (var stream = client.listen()) {
                assertThat(stream.next().data()).isEmpty();
                assertThat(client.post(LIST).statusCode()).isEqualTo(200);
                assertThat(Counts.of(node, "streamLogs")).isEqualTo(1);
            }
            assertThat(upstream.arrivals())
                    .filteredOn(arrival -> arrival.method().equals("GET"))
                    .filteredOn(
                            arrival -> arrival.headers().containsKey("mcp-session-id")) // is it HTTP+SSE? was asked too
                    .hasSize(1);
        }
    }

    private static McpClient client(LocalNode node) {
        return new McpClient(node.route("both"), "Authorization", "Bearer " + node.aliceKey()).open("2025-11-25");
    }
}
