package gatehouse.node.journey;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.session.fake.Arrival;
import gatehouse.session.fake.FakeUpstream;
import gatehouse.session.fake.Script;
import gatehouse.session.fake.Step;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Streams of an upstream that break off, and clients that break off before theirs begin.
class BrokenStreamTest {

    private static final String NOTE = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\","
            + "\"params\":{\"level\":\"info\",\"data\":\"%s\"}}";
    private static final String CALL = """
            {"jsonrpc":"2.0","id":"1","method":"tools/call","params":{"name":"slow","arguments":{},"_meta":{\
            "io.modelcontextprotocol/protocolVersion":"2026-07-28",\
            "io.modelcontextprotocol/clientCapabilities":{}}}}""";

    @Test
    void a_call_goes_on_where_its_stream_broke(@TempDir Path directory) {
        try (var upstream = FakeUpstream.legacy();
                var node = LocalNode.start(upstream.url(), directory, "gateway.session.soonest = 100 ms")) {
            upstream.on(
                    "tools/call",
                    Script.events(
                            Step.event("e1", NOTE.formatted("one")),
                            Step.event("e2", NOTE.formatted("two")),
                            Step.close()));
            upstream.on(
                    "GET",
                    Script.eventsOf(arrival -> after(arrival).equals("e2")
                            ? List.of(Step.event("e3", answer(upstream)), Step.end())
                            : List.of(Step.end())));
            var client = client(node);

            var events = client.call(McpClient.toolCall(7, "slow")).rest();

            assertThat(events).hasSize(4);
            assertThat(events.get(1).data()).contains("one");
            assertThat(events.get(2).data()).contains("two");
            assertThat(events.get(3).data()).contains("\"id\":7").contains("result");
        }
    }

    @Test
    void what_a_session_hears_goes_on_where_it_broke(@TempDir Path directory) {
        try (var upstream = FakeUpstream.legacy();
                var node = LocalNode.start(upstream.url(), directory, "gateway.session.soonest = 100 ms")) {
            upstream.on("GET", Script.eventsOf(arrival -> switch (after(arrival)) {
                case "" ->
                    List.of(
                            Step.event("e1", NOTE.formatted("one")),
                            Step.event("e2", NOTE.formatted("two")),
                            Step.close());
                case "e2" -> List.of(Step.event("e3", NOTE.formatted("three")), Step.hang());
                default -> List.of(Step.event("e9", NOTE.formatted("again")), Step.hang());
            }));
            var client = client(node);

            try (var stream = client.listen()) {
                var first = stream.next();
                first = first.data().isEmpty() ? stream.next() : first;
                assertThat(first.data()).contains("one");
                assertThat(stream.next().data()).contains("two");
                assertThat(stream.next().data()).contains("three");
            }
        }
    }

    @Test
    void clients_that_hang_up_before_their_stream_begins_leave_nothing(@TempDir Path directory) throws IOException {
        try (var upstream = FakeUpstream.modern();
                var node = LocalNode.start(upstream.url(), directory)) {
            upstream.on("tools/call", Script.events(Step.event(NOTE.formatted("x".repeat(50_000))), Step.hang()));

            for (var i = 0; i < 200; i++) {
                try (var socket = new Socket(
                        InetAddress.getLoopbackAddress(), node.route("open").getPort())) {
                    socket.getOutputStream().write(request(node).getBytes(ISO_8859_1));
                }
            }

            Counts.await(node, "calls", 0);
            Counts.await(node, "upstreamConnections", 0);
            Counts.await(node, "messageBytes", 0);
        }
    }

    private static String request(LocalNode node) {
        return """
                POST /mcp/open HTTP/1.1\r
                Host: 127.0.0.1:%d\r
                Accept: application/json, text/event-stream\r
                Content-Type: application/json\r
                MCP-Protocol-Version: 2026-07-28\r
                Mcp-Method: tools/call\r
                Mcp-Name: slow\r
                Content-Length: %d\r
                \r
                %s""".formatted(node.route("open").getPort(), CALL.length(), CALL);
    }

    private static McpClient client(LocalNode node) {
        return new McpClient(node.route("both"), "X-MCP-Agent-Key", node.aliceKey()).open("2025-11-25");
    }

    private static String after(Arrival arrival) {
        return arrival.header("Last-Event-ID");
    }

    /// The result of the call that arrived last.
    private static String answer(FakeUpstream upstream) {
        var call = upstream.arrivals().stream()
                .filter(arrival -> arrival.key().equals("tools/call"))
                .reduce((first, last) -> last)
                .orElseThrow();
        return Script.resultOf(call, "{\"content\":[]}");
    }
}
