package gatehouse.node.journey;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.session.fake.FakeUpstream;
import gatehouse.session.fake.Script;
import gatehouse.session.fake.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// kill -9 of one node of two, while the other serves.
class SuddenDeathTest {

    private static final Duration MOVED = Duration.ofSeconds(15);

    /// On a machine that has much else to do.
    private static final Duration BACK = Duration.ofSeconds(30);

    /// Half of the sessions lived on the node that died, and it led the cluster.
    @Test
    void prompt_calls_go_on_while_the_sessions_of_a_dead_node_move(@TempDir Path directory) {
        try (var upstream = FakeUpstream.legacy();
                var nodes = RunningPair.start(upstream.url(), directory)) {
            upstream.on("GET", Script.events(Step.hang()));
            var callers = Callers.open(12, nodes.first());
            callers.moveTo(nodes.second());
            callers.call(Duration.ofSeconds(1), Duration.ofMillis(200));
            var died = System.nanoTime();
            nodes.first().kill();

            callers.call(MOVED, Duration.ofMillis(200));

            System.out.println("while the sessions moved: " + callers);
            assertThat(callers.statuses()).containsOnlyKeys(200);
            assertThat(callers.slowest()).isLessThan(Duration.ofSeconds(5)); // before the shards have moved
            var late = new McpClient(nodes.second().openRoute("up")).open("2025-11-25");
            try (var stream = late.listen()) {
                assertThat(stream.status()).isEqualTo(200);
            }
            System.out.println("all is back after " + Duration.ofNanos(System.nanoTime() - died));
        }
    }

    @Test
    void new_sessions_and_streams_are_there_again_soon(@TempDir Path directory) {
        try (var upstream = FakeUpstream.legacy();
                var nodes = RunningPair.start(upstream.url(), directory, "gateway.session.ask = 25 s")) {
            upstream.on("GET", Script.events(Step.hang()));
            var before = new McpClient(nodes.first().openRoute("up")).open("2025-11-25");
            before.moveTo(nodes.second().openRoute("up"));
            nodes.first().kill();
            var died = System.nanoTime();

            var opened = CompletableFuture.supplyAsync(() -> {
                new McpClient(nodes.second().openRoute("up")).open("2025-11-25");
                return Duration.ofNanos(System.nanoTime() - died);
            });
            try (var stream = before.listen()) {
                assertThat(stream.status()).isEqualTo(200);
            }
            var heard = Duration.ofNanos(System.nanoTime() - died);

            System.out.println("opened after " + opened.join() + ", heard after " + heard);
            assertThat(heard).isLessThan(BACK);
            assertThat(opened.join()).isLessThan(BACK);
        }
    }
}
