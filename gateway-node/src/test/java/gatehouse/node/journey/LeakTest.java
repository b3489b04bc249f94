package gatehouse.node.journey;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.session.fake.FakeUpstream;
import gatehouse.session.fake.Script;
import gatehouse.session.fake.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Clients that come, call, and vanish at any moment: afterwards the node holds what it held before. The long form,
/// with
/// 10 000 sessions, is `./gatehouse load leak`, or this test with `-Dgatehouse.leak.sessions=10000`.
class LeakTest {

    private static final int SESSIONS = Integer.getInteger("gatehouse.leak.sessions", 300);
    private static final int AT_ONCE = 16;
    private static final String NOTE = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\","
            + "\"params\":{\"level\":\"info\",\"data\":\"x\"}}";

    @Test
    void clients_that_vanish_leave_nothing_behind(@TempDir Path directory) throws Exception {
        try (var upstream = FakeUpstream.legacy();
                var node = LocalNode.start(
                        upstream.url(),
                        directory,
                        "gateway.session.passivate = 500 ms",
                        "gateway.session.linger = 100 ms",
                        "gateway.session.idle = 2 s",
                        "gateway.node.sweep = 500 ms",
                        "gateway.policy.crowd.sessions-of-agent = 100000",
                        "gateway.policy.crowd.streams-of-agent = 1000",
                        "gateway.policy.crowd.streams-of-tenant = 1000");
                var clients = Executors.newFixedThreadPool(AT_ONCE)) {
            upstream.on(
                    "tools/call",
                    Script.eventsOf(arrival -> List.of(
                            Step.event(NOTE),
                            Step.pause(Duration.ofMillis(20)),
                            Step.event(Script.resultOf(arrival, "{\"content\":[]}")),
                            Step.end())));

            var visits = java.util.stream.IntStream.range(0, SESSIONS)
                    .<Future<?>>mapToObj(seed -> clients.submit(() -> visit(node, new Random(seed))))
                    .toList();
            for (var visit : visits) {
                visit.get();
            }

            for (var held : List.of(
                    "sessions", "streams", "streamLogs", "calls", "permits", "messageBytes", "upstreamConnections")) {
                Counts.await(node, held, 0);
            }
            assertThat(upstream.arrivals()).hasSizeGreaterThan(SESSIONS);
        }
    }

    private static void visit(LocalNode node, Random random) {
        var client = new McpClient(node.route("both"), "X-MCP-Agent-Key", node.aliceKey()).open("2025-11-25");
        switch (random.nextInt(5)) {
            case 0 -> client.call(McpClient.toolCall(1, "slow")).close();
            case 1 -> client.call(McpClient.toolCall(1, "slow")).rest();
            case 2 -> client.listen().close();
            case 3 -> client.post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}");
            default -> client.delete();
        }
        if (random.nextBoolean()) {
            client.delete();
        }
        client.leave();
    }
}
