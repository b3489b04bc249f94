package gatehouse.node.journey;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.session.fake.FakeUpstream;
import gatehouse.session.fake.Script;
import gatehouse.session.fake.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// SIGTERM, and the same store again: streams end in good order, and their clients go on where they were.
class StopTest {

    private static final int EVENTS = 400;
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    @Test
    void a_call_that_outlasts_the_grace_ends_its_stream_in_good_order_and_is_resumed(@TempDir Path directory) {
        try (var upstream = FakeUpstream.legacy();
                var before =
                        RunningNode.start(Map.of("up", upstream.url()), directory, "gateway.node.grace = 500 ms")) {
            upstream.on("tools/call", Script.eventsOf(arrival -> Notes.steps(EVENTS, Duration.ofMillis(10))));
            var client = new McpClient(before.openRoute("up")).open("2025-11-25");
            var seen = new ArrayList<McpClient.Event>();
            var stream = client.call(McpClient.toolCall(9, "slow"));
            for (var i = 0; i < 10; i++) {
                seen.add(stream.next());
            }
            var stopped = CompletableFuture.runAsync(() -> before.terminate(PATIENCE));
            seen.addAll(stream.rest());
            stopped.join();
            assertThat(stream.broken()).isFalse();

            try (var after = RunningNode.start(Map.of("up", upstream.url()), directory)) {
                client.moveTo(after.openRoute("up"));
                var rest = client.listen("Last-Event-ID", seen.getLast().id()).rest();

                assertThat(rest.getLast().data()).contains("\"id\":9").contains("\"outcome\":\"unknown\"");
                seen.addAll(rest.subList(0, rest.size() - 1));
                assertThat(Notes.among(seen))
                        .hasSizeBetween(10, EVENTS - 1)
                        .isEqualTo(Notes.first(Notes.among(seen).size()));
                assertThat(seen.stream().map(McpClient.Event::id)).doesNotHaveDuplicates();
                assertThat(client.listen("Last-Event-ID", seen.getFirst().id()).rest())
                        .hasSize(seen.size());
            }
        }
    }

    @Test
    void a_call_that_ends_within_the_grace_is_answered(@TempDir Path directory) {
        try (var upstream = FakeUpstream.legacy()) {
            var node = LocalNode.start(upstream.url(), directory);
            var gate = new CompletableFuture<Void>();
            upstream.on(
                    "tools/call",
                    Script.eventsOf(arrival -> List.of(
                            Notes.step(0),
                            Step.await(gate),
                            Step.event(Script.resultOf(arrival, "{\"content\":[]}")),
                            Step.end())));
            var client = new McpClient(node.route("open")).open("2025-11-25");
            var listening = client.listen();
            var stream = client.call(McpClient.toolCall(9, "slow"));
            stream.next();
            stream.next();

            var stopped = CompletableFuture.runAsync(node::close);
            listening.rest();
            gate.complete(null);

            assertThat(stream.next().data()).contains("\"id\":9").contains("result");
            assertThat(stream.rest()).isEmpty();
            assertThat(stream.broken()).isFalse();
            stopped.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        }
    }

    @Test
    void who_only_listens_does_not_hold_up_the_stop_and_misses_nothing(@TempDir Path directory) {
        try (var upstream = FakeUpstream.legacy()) {
            var before = LocalNode.start(upstream.url(), directory, "gateway.node.grace = 5 minutes");
            upstream.on("GET", Script.events(Notes.step(0), Step.hang()));
            var client = new McpClient(before.route("open")).open("2025-11-25");
            var stream = client.listen();
            var seen = new ArrayList<>(List.of(stream.next(), stream.next()));

            CompletableFuture.runAsync(before::close)
                    .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .join();

            assertThat(stream.rest()).isEmpty();
            assertThat(stream.broken()).isFalse();
            upstream.on("GET", Script.events(Notes.step(1), Step.hang()));
            try (var after = LocalNode.start(upstream.url(), directory)) {
                client.moveTo(after.route("open"));
                try (var resumed = client.listen("Last-Event-ID", seen.getLast().id())) {
                    seen.add(resumed.next());
                }
                assertThat(Notes.among(seen)).containsExactly("n0", "n1");
            }
        }
    }
}
