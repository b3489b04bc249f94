package gatehouse.node.journey;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.session.fake.FakeSse;
import gatehouse.session.fake.FakeUpstream;
import gatehouse.session.fake.Script;
import gatehouse.session.fake.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Clients of either transport that come, call and vanish at any moment, before an upstream of HTTP+SSE: afterwards
/// the node holds what it held before, towards either side.
class SseLeakTest {

    private static final int VISITS = Integer.getInteger("gatehouse.leak.visits", 80);
    private static final int AT_ONCE = 8;
    private static final String INITIALIZED = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";
    private static final String NOTE = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\","
            + "\"params\":{\"level\":\"info\",\"data\":\"x\"}}";

    private static final List<String> HELD = List.of(
            "sseStreams",
            "sessions",
            "streams",
            "streamLogs",
            "calls",
            "permits",
            "messageBytes",
            "upstreamConnections");

    @Test
    void nothing_is_left_on_either_side(@TempDir Path directory) throws Exception {
        try (var upstream = FakeUpstream.start();
                var node = LocalNode.start(
                        upstream.url(),
                        directory,
                        "gateway.session.passivate = 500 ms",
                        "gateway.session.linger = 100 ms",
                        "gateway.session.idle = 6 s",
                        "gateway.node.sweep = 500 ms",
                        "gateway.upstream.sse.idle = 6 s",
                        "gateway.policy.crowd.streams-of-agent = 1000",
                        "gateway.policy.crowd.streams-of-tenant = 1000");
                var clients = Executors.newFixedThreadPool(AT_ONCE)) {
            FakeSse.at(upstream)
                    .on(
                            "tools/call",
                            arrival -> List.of(
                                    Step.event(NOTE),
                                    Step.pause(Duration.ofMillis(20)),
                                    Step.event(Script.resultOf(arrival, "{\"content\":[]}"))));

            var visits = IntStream.range(0, VISITS)
                    .<Future<?>>mapToObj(seed -> clients.submit(() -> visit(node, new Random(seed))))
                    .toList();
            for (var visit : visits) {
                visit.get();
            }

            for (var held : HELD) {
                Counts.await(node, held, 0);
            }
            assertThat(upstream.arrivals()).hasSizeGreaterThan(VISITS);
        }
    }

    private static void visit(LocalNode node, Random random) {
        if (random.nextBoolean()) {
            older(node, random);
        } else {
            newer(node, random);
        }
    }

    private static void older(LocalNode node, Random random) {
        try (var client = new SseVisitor(node.route("old"), "X-MCP-Agent-Key", node.aliceKey())) {
            switch (random.nextInt(5)) {
                case 0 -> client.post("{}");
                case 1 -> client.open("2024-11-05");
                case 2 -> client.begin("2024-11-05").post(McpClient.toolCall(1, "slow"));
                case 3 -> {
                    client.begin("2025-11-25").post(McpClient.toolCall(1, "slow"));
                    assertThat(client.next(2))
                            .allSatisfy(said -> assertThat(said.data()).isNotEmpty());
                }
                default -> client.begin("2025-03-26");
            }
        }
    }

    private static void newer(LocalNode node, Random random) {
        var client = new McpClient(node.route("both"), "X-MCP-Agent-Key", node.aliceKey()).open("2025-11-25");
        client.post(INITIALIZED);
        switch (random.nextInt(4)) {
            case 0 -> client.call(McpClient.toolCall(1, "slow")).close();
            case 1 -> client.call(McpClient.toolCall(1, "slow")).rest();
            case 2 -> client.listen().close();
            default -> client.delete();
        }
        client.leave();
    }
}
