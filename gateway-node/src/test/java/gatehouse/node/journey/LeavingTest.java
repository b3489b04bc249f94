package gatehouse.node.journey;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.session.fake.FakeUpstream;
import gatehouse.session.fake.Script;
import gatehouse.session.fake.Step;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// SIGTERM, and nobody notices.
class LeavingTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /// Half of the sessions lived on the node that leaves, and it led the cluster.
    @Test
    void the_sessions_of_a_node_that_leaves_are_used_at_the_other_all_the_while(@TempDir Path directory) {
        try (var upstream = FakeUpstream.legacy();
                var nodes = RunningPair.start(upstream.url(), directory, "gateway.node.notice = 500 ms")) {
            upstream.on("GET", Script.events(Step.hang()));
            var callers = Callers.open(12, nodes.first());
            callers.moveTo(nodes.second());
            callers.call(Duration.ofSeconds(1), Duration.ofMillis(200));

            var left = CompletableFuture.runAsync(() -> nodes.first().terminate(PATIENCE));
            callers.call(Duration.ofSeconds(12), Duration.ofMillis(200));

            System.out.println("while the other node left: " + callers);
            left.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
            assertThat(callers.statuses()).as(nodes.second().output()).containsOnlyKeys(200);
            assertThat(callers.slowest()).isLessThan(Duration.ofSeconds(10)); // as `ask`: it was not in vain
            var late = new McpClient(nodes.second().openRoute("up")).open("2025-11-25");
            assertThat(late.delete().statusCode()).isEqualTo(204);
        }
    }

    @Test
    void a_node_that_will_leave_says_so_first_and_serves_on(@TempDir Path directory) {
        try (var upstream = FakeUpstream.legacy()) {
            var node = LocalNode.start(upstream.url(), directory, "gateway.node.notice = 5 s");
            var client = new McpClient(node.route("open")).open("2025-11-25");
            assertThat(ready(node)).isEqualTo(200);

            var stopped = CompletableFuture.runAsync(node::close);
            Counts.await("the status of readiness", () -> ready(node), 503);

            assertThat(client.post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}")
                            .statusCode())
                    .isEqualTo(200);
            stopped.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        }
    }

    private static int ready(LocalNode node) {
        try (var http = HttpClient.newHttpClient()) {
            var request =
                    HttpRequest.newBuilder(node.management("/health/ready")).build();
            return http.sendAsync(request, BodyHandlers.discarding()).join().statusCode();
        }
    }
}
