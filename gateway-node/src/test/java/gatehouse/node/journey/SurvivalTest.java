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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// kill -9, and the same store again: what clients were told stays told, once.
class SurvivalTest {

    private static final int EVENTS = 30;

    @Test
    void a_killed_node_loses_no_session_and_no_event_and_repeats_none(@TempDir Path directory) {
        try (var upstream = FakeUpstream.legacy()) {
            upstream.on("tools/call", Script.eventsOf(arrival -> Notes.steps(EVENTS, Duration.ofMillis(5))));
            var before = RunningNode.start(Map.of("up", upstream.url()), directory);
            var client = new McpClient(before.openRoute("up")).open("2025-11-25");
            var seen = new ArrayList<McpClient.Event>();
            try (var stream = client.call(McpClient.toolCall(9, "slow"))) {
                for (var i = 0; i <= EVENTS / 2; i++) {
                    seen.add(stream.next());
                }
                before.kill();
            }

            try (var after = RunningNode.start(Map.of("up", upstream.url()), directory)) {
                client.moveTo(after.openRoute("up"));
                var rest = client.listen("Last-Event-ID", seen.getLast().id()).rest();

                assertThat(client.post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}")
                                .statusCode())
                        .isEqualTo(200);
                assertThat(rest.getLast().data()).contains("\"id\":9").contains("\"outcome\":\"unknown\"");
                seen.addAll(rest.subList(0, rest.size() - 1));
                assertThat(Notes.among(seen))
                        .hasSizeGreaterThanOrEqualTo(EVENTS / 2)
                        .isEqualTo(Notes.first(Notes.among(seen).size()));
                assertThat(seen.stream().map(McpClient.Event::id)).doesNotHaveDuplicates();
                assertThat(client.listen("Last-Event-ID", seen.getFirst().id()).rest())
                        .hasSize(seen.size());
            }
        }
    }

    @Test
    void an_upstream_is_heard_again_from_where_the_killed_node_had_heard_it(@TempDir Path directory) {
        try (var upstream = FakeUpstream.legacy()) {
            upstream.on("GET", Script.eventsOf(arrival -> {
                var last = arrival.header("last-event-id");
                var from = last.isEmpty() ? 0 : Integer.parseInt(last);
                var steps = new ArrayList<Step>();
                for (var i = from; i < EVENTS; i++) {
                    steps.add(Notes.step(i, Integer.toString(i + 1)));
                    steps.add(i == EVENTS / 2 && from == 0 ? Step.hang() : Step.pause(Duration.ofMillis(5)));
                }
                steps.add(Step.hang());
                return steps;
            }));
            var before = RunningNode.start(Map.of("up", upstream.url()), directory);
            var client = new McpClient(before.openRoute("up")).open("2025-11-25");
            var seen = new ArrayList<McpClient.Event>();
            try (var stream = client.listen()) {
                for (var i = 0; i <= EVENTS / 2; i++) {
                    seen.add(stream.next());
                }
                before.kill();
            }

            try (var after = RunningNode.start(Map.of("up", upstream.url()), directory)) {
                client.moveTo(after.openRoute("up"));
                try (var stream = client.listen("Last-Event-ID", seen.getLast().id())) {
                    while (Notes.among(seen).size() < EVENTS) {
                        seen.add(stream.next());
                    }
                }
            }
            assertThat(Notes.among(seen)).isEqualTo(Notes.first(EVENTS));
            assertThat(seen.stream().map(McpClient.Event::id)).doesNotHaveDuplicates();
        }
    }

    @Test
    void a_final_answer_nobody_fetched_waits_for_its_client(@TempDir Path directory) {
        try (var upstream = FakeUpstream.legacy()) {
            upstream.on(
                    "tools/call",
                    Script.eventsOf(arrival -> List.of(
                            Notes.step(0),
                            Step.pause(Duration.ofMillis(300)),
                            Step.event(Script.resultOf(arrival, "{\"content\":[]}")),
                            Step.end())));
            var before = RunningNode.start(Map.of("up", upstream.url()), directory);
            var client = new McpClient(before.openRoute("up")).open("2025-11-25");
            var stream = client.call(McpClient.toolCall(3, "slow"));
            var priming = stream.next();
            stream.close();
            assertThat(client.listen("Last-Event-ID", priming.id()).rest()).hasSize(2);
            before.kill();

            try (var after = RunningNode.start(Map.of("up", upstream.url()), directory)) {
                client.moveTo(after.openRoute("up"));

                var rest = client.listen("Last-Event-ID", priming.id()).rest();

                assertThat(rest).hasSize(2);
                assertThat(rest.getLast().data()).contains("\"id\":3").contains("result");
            }
        }
    }
}
