package gatehouse.node.journey;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.session.fake.FakeUpstream;
import gatehouse.session.fake.Script;
import gatehouse.session.fake.Step;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Clients that ask for much and read nothing: what waits for them is bounded, and nobody else pays for it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SlowReadersTest {

    private static final int ANSWER = 3_900_000; // more than two sockets take unread
    private static final int OF_AGENT = 12 << 20; // three of them
    private static final int READERS = 24;
    private static final String LARGE = "{\"content\":[{\"type\":\"text\",\"text\":\"" + "x".repeat(ANSWER) + "\"}]}";
    private static final String MUCH = "x".repeat(100);
    private static final String OUTCOME = "\"outcome\":";
    private static final String LOG =
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{\"level\":\"info\",\"data\":\"on it\"}}";

    private final FakeUpstream upstream = FakeUpstream.modern();
    private final List<Socket> sockets = new ArrayList<>();
    private LocalNode node;

    @BeforeAll
    void start(@TempDir Path directory) {
        node = LocalNode.start(
                upstream.url(),
                directory,
                "gateway.policy.crowd.bytes-of-agent = 12 MiB",
                "gateway.policy.crowd.bytes-of-node = 24 MiB");
    }

    @AfterAll
    void stop() {
        node.close();
        upstream.close();
    }

    @AfterEach
    void leave() throws IOException {
        for (var socket : sockets) {
            socket.close();
        }
    }

    @Test
    void what_waits_in_whole_answers_is_bounded() throws IOException {
        upstream.on("tools/call", Script.result(LARGE));
        bounded("application/json");
    }

    @Test
    void what_waits_on_streams_is_bounded() throws IOException {
        upstream.on(
                "tools/call",
                Script.eventsOf(
                        arrival -> List.of(Step.event(LOG), Step.event(Script.resultOf(arrival, LARGE)), Step.end())));
        bounded("text/event-stream");
    }

    private void bounded(String type) throws IOException {
        var turnedAway = 0;
        for (var i = 0; i < READERS; i++) {
            var begun = read(ask(node.aliceKey()));
            assertThat(Counts.of(node, "messageBytes")).isLessThan(OF_AGENT);
            assertThat(begun).contains("HTTP/1.1 200");
            if (!begun.endsWith(MUCH)) {
                turnedAway++;
                assertThat(begun)
                        .contains("too many bytes in large messages of this agent at once: at most " + OF_AGENT)
                        .contains("read the answers that wait", "\"id\":\"1\"");
            }
        }
        assertThat(turnedAway).isPositive();
        assertThat(read(ask(node.bobKey()))).contains(type).endsWith(MUCH);

        for (var socket : sockets) {
            socket.close();
        }
        Counts.await(node, "messageBytes", 0);
        Counts.await(node, "permits", 0);
        Counts.await(node, "calls", 0);
    }

    private Socket ask(String key) throws IOException {
        var call = """
                {"jsonrpc":"2.0","id":"1","method":"tools/call","params":{"name":"much","arguments":{},"_meta":{\
                "io.modelcontextprotocol/protocolVersion":"2026-07-28",\
                "io.modelcontextprotocol/clientCapabilities":{}}}}""";
        var socket = new Socket();
        sockets.add(socket);
        socket.setReceiveBufferSize(4096);
        socket.setSoTimeout(20_000);
        socket.connect(new InetSocketAddress(
                InetAddress.getLoopbackAddress(), node.route("both").getPort()));
        var request = """
                POST /mcp/both HTTP/1.1\r
                Host: 127.0.0.1:%d\r
                Authorization: Bearer %s\r
                Accept: application/json, text/event-stream\r
                Content-Type: application/json\r
                MCP-Protocol-Version: 2026-07-28\r
                Mcp-Method: tools/call\r
                Mcp-Name: much\r
                Content-Length: %d\r
                \r
                %s""".formatted(node.route("both").getPort(), key, call.length(), call);
        socket.getOutputStream().write(request.getBytes(ISO_8859_1));
        return socket;
    }

    /// As far as one must read to know whether it is the answer or a refusal.
    private static String read(Socket socket) throws IOException {
        var read = new StringBuilder();
        while (!read.toString().endsWith(MUCH) && read.indexOf(OUTCOME) < 0) {
            var octet = socket.getInputStream().read();
            if (octet < 0) {
                throw new IOException("closed after: " + read);
            }
            read.append((char) octet);
        }
        return read.toString();
    }
}
