package gatehouse.node.journey;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.session.fake.FakeUpstream;
import gatehouse.session.fake.Script;
import gatehouse.session.fake.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A node that stood still while the other took what it had.
class FrozenNodeTest {

    private static final Duration TAKEN = Duration.ofSeconds(14);

    /// Refused for now, or the connection is gone; but never answered by what only remembers its sessions.
    private static final Set<Integer> NO_ANSWERS = Set.of(503, 0);

    @Test
    void a_node_that_goes_on_after_the_other_took_over_answers_nobody_and_ends(@TempDir Path directory) {
        try (var upstream = FakeUpstream.legacy();
                var nodes = RunningPair.start(upstream.url(), directory)) {
            upstream.on("GET", Script.events(Step.hang()));
            var callers = Callers.open(12, nodes.first());
            var early = Callers.open(4, nodes.first());
            nodes.first().freeze();
            var queued = CompletableFuture.runAsync(() -> early.call(Duration.ZERO, Duration.ZERO));
            callers.moveTo(nodes.second());
            callers.call(TAKEN, Duration.ofMillis(500));
            assertThat(callers.statuses()).containsOnlyKeys(200);

            callers.forget();
            callers.moveTo(nodes.first());
            nodes.first().thaw();
            callers.call(Duration.ofSeconds(3), Duration.ofMillis(50));

            System.out.println("by the node that stood still: " + callers);
            assertThat(callers.statuses().keySet()).isSubsetOf(NO_ANSWERS);
            queued.orTimeout(30, TimeUnit.SECONDS).join();
            assertThat(early.statuses().keySet()).isSubsetOf(NO_ANSWERS);
            assertThat(nodes.first().finish(Duration.ofSeconds(30))).isEqualTo(1);

            callers.forget();
            callers.moveTo(nodes.second());
            callers.call(Duration.ofSeconds(1), Duration.ofMillis(200));
            assertThat(callers.statuses()).containsOnlyKeys(200);
        }
    }
}
