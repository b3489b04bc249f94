package gatehouse.node.journey;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.session.fake.FakeUpstream;
import gatehouse.session.fake.Script;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What an attacker sends, byte by byte: each gets its own refusal, nothing of it reaches the upstream, and a neighbour
/// goes on undisturbed.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileInputTest {

    private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}";
    private static final String JSON =
            "Content-Type: application/json\r\nAccept: application/json, text/event-stream\r\n";
    private static final String META = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"%s\","
            + "\"io.modelcontextprotocol/clientCapabilities\":{}}";
    private static final String MODERN =
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"%s\",\"params\":{\"name\":\"echo\"," + META + "}}";
    private static final String CALL = MODERN.formatted("tools/call", "2026-07-28");
    private static final String MIRRORED =
            JSON + "MCP-Protocol-Version: 2026-07-28\r\nMcp-Method: tools/call\r\nMcp-Name: echo\r\n";

    /// What is wrong, extra headers, body, status, and a piece of the answer.
    private static final List<Arguments> BODIES = List.of(
            Arguments.of("no JSON", JSON, "{", 400, "-32700"),
            Arguments.of("a batch", JSON, "[" + LIST + "]", 400, "-32600"),
            Arguments.of("a name twice", JSON, "{\"jsonrpc\":\"2.0\",\"id\":1,\"id\":2,\"method\":\"x\"}", 400, "-32"),
            Arguments.of("a name in another case", JSON, LIST.replace("\"method\"", "\"Method\""), 400, "-32600"),
            Arguments.of(
                    "too deep",
                    JSON,
                    LIST.replace("}", ",\"params\":{\"a\":" + "[".repeat(99) + "]".repeat(99) + "}}"),
                    400,
                    "-32"),
            Arguments.of("no UTF-8", JSON, LIST.replace("tools", "\u00ff"), 400, "-32"),
            Arguments.of("no session", JSON, LIST, 400, "Mcp-Session-Id"),
            Arguments.of("an invented session", JSON + "Mcp-Session-Id: x\r\n", LIST, 404, "-32001"),
            Arguments.of(
                    "an unknown revision in the header", JSON + "MCP-Protocol-Version: 1999\r\n", LIST, 400, "-32000"),
            Arguments.of(
                    "another content type",
                    JSON.replace("application/json\r\n", "text/plain\r\n"),
                    LIST,
                    415,
                    "application/json"),
            Arguments.of("a coded body", JSON + "Content-Encoding: gzip\r\n", LIST, 415, "coding"),
            Arguments.of(
                    "a client that takes no stream",
                    JSON.replace(", text/event-stream", ""),
                    LIST,
                    406,
                    "event-stream"),
            Arguments.of("a foreign origin", JSON + "Origin: https://evil.example\r\n", LIST, 403, "origin"),
            Arguments.of("a null origin", JSON + "Origin: null\r\n", LIST, 403, "origin"),
            Arguments.of(
                    "two credentials",
                    JSON + "Authorization: Bearer a\r\nX-MCP-Agent-Key: b\r\n",
                    LIST,
                    400,
                    "credential"),
            Arguments.of("a wrong key", JSON + "Authorization: Bearer gh_x\r\n", LIST, 401, "authentication"),
            Arguments.of("a header twice", JSON + "Mcp-Session-Id: a\r\nMcp-Session-Id: b\r\n", LIST, 400, "twice"),
            Arguments.of("a mirrored header that lies", MIRRORED.replace("echo", "admin"), CALL, 400, "-32020"),
            Arguments.of(
                    "a mirrored header in another case",
                    MIRRORED.replace("tools/call", "TOOLS/CALL"),
                    CALL,
                    400,
                    "-32020"),
            Arguments.of("a missing mirrored header", MIRRORED.replace("Mcp-Name: echo\r\n", ""), CALL, 400, "-32020"),
            Arguments.of(
                    "a revision nobody serves",
                    MIRRORED.replace("2026-07-28", "2031-01-01"),
                    MODERN.formatted("tools/call", "2031-01-01"),
                    400,
                    "-32022"),
            Arguments.of(
                    "a removed method",
                    MIRRORED.replace("tools/call", "ping"),
                    MODERN.formatted("ping", "2026-07-28"),
                    404,
                    "-32601"),
            Arguments.of("no envelope", MIRRORED, LIST, 400, "-32602"),
            Arguments.of(
                    "a forged state",
                    MIRRORED,
                    CALL.replace("\"name\"", "\"requestState\":\"forged\",\"name\""),
                    200,
                    "-32602"),
            Arguments.of(
                    "a state that is no text",
                    MIRRORED,
                    CALL.replace("\"name\"", "\"requestState\":{\"user\":\"admin\"},\"name\""),
                    200,
                    "-32602"));

    private final FakeUpstream upstream = FakeUpstream.dual();
    private LocalNode node;
    private McpClient neighbour;
    private int before;

    @BeforeAll
    void start(@TempDir Path directory) {
        upstream.on("tools/call", Script.result("{\"content\":[],\"resultType\":\"complete\"}"));
        node = LocalNode.start(upstream.url(), directory, "gateway.edge.deadlines.head-deadline = 1 s");
        neighbour = new McpClient(node.route("both"), "X-MCP-Agent-Key", node.aliceKey()).open("2025-11-25");
    }

    @AfterAll
    void stop() {
        node.close();
        upstream.close();
    }

    @AfterEach
    void the_neighbour_goes_on() {
        assertThat(neighbour.post(LIST).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void is_refused_precisely(String what, String headers, String body, int status, String says) throws IOException {
        before = upstream.arrivals().size();

        var answer = raw("POST /mcp/open HTTP/1.1\r\nHost: %s\r\n%sContent-Length: %d\r\nConnection: close\r\n\r\n%s"
                .formatted(host(), headers, body.length(), body));

        assertThat(answer).startsWith("HTTP/1.1 " + status).containsIgnoringCase(says);
        assertThat(upstream.arrivals()).hasSize(before);
    }

    static Stream<Arguments> bodies() {
        return BODIES.stream();
    }

    /// Requests whose limits one parser sees otherwise than the next.
    static Stream<Arguments> framings() {
        return Stream.of(
                Arguments.of("two lengths", "Content-Length: 2\r\nContent-Length: 3\r\n", 400),
                Arguments.of("a length and chunks", "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n", 400),
                Arguments.of("an unknown coding", "Transfer-Encoding: chunked, gzip\r\n", 400),
                Arguments.of("a folded header", "X-A: b\r\n c\r\nContent-Length: 0\r\n", 400),
                Arguments.of("a blank before the colon", "X-A : b\r\nContent-Length: 0\r\n", 400),
                Arguments.of("two hosts", "Host: other\r\nContent-Length: 0\r\n", 400),
                Arguments.of("an endless header", "X-A: " + "a".repeat(40_000) + "\r\n", 431));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("framings")
    void is_refused_before_anybody_reads_it(String what, String headers, int status) throws IOException {
        var answer = raw("POST /mcp/open HTTP/1.1\r\nHost: %s\r\n%s\r\n{}".formatted(host(), headers));

        assertThat(answer).startsWith("HTTP/1.1 " + status);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("slow")
    void is_cut_when_it_takes_too_long(String what, String beginning) throws IOException {
        try (var socket =
                new Socket(InetAddress.getLoopbackAddress(), node.route("open").getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(beginning.getBytes(StandardCharsets.ISO_8859_1));

            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);

            assertThat(answer).startsWith("HTTP/1.1 408");
        }
    }

    static Stream<Arguments> slow() {
        return Stream.of(
                Arguments.of("a head that never ends", "POST /mcp/open HTTP/1.1\r\nHost: x\r\nX-A: b"),
                Arguments.of("a head that never begins in earnest", "P"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hosts")
    void is_refused_where_it_is_not_meant_for_us(String what, String host, int status) throws IOException {
        var answer = raw("POST /mcp/open HTTP/1.1\r\nHost: %s\r\n%sContent-Length: %d\r\nConnection: close\r\n\r\n%s"
                .formatted(host, JSON, LIST.length(), LIST));

        assertThat(answer).startsWith("HTTP/1.1 " + status);
    }

    static Stream<Arguments> hosts() {
        return Stream.of(
                Arguments.of("another host", "evil.example.com", 421),
                Arguments.of("a name that was bent to us", "attacker.example:1", 421));
    }

    @Test
    void a_name_bent_to_loopback_does_not_read_what_operators_read() throws IOException {
        var detail = "GET /health/detail HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n";
        var port = node.management("/").getPort();

        assertThat(raw(port, detail.formatted("attacker.example:" + port))).startsWith("HTTP/1.1 421");
        assertThat(raw(port, detail.formatted("127.0.0.1:" + port))).startsWith("HTTP/1.1 200");
    }

    /// It would travel open, and come back as its holder likes.
    @ParameterizedTest
    @ValueSource(strings = {"{\"user\":\"alice\"}", "7", "[\"alice\"]", "true"})
    void a_state_that_cannot_be_sealed_does_not_leave(String state) throws IOException {
        var asks = "{\"resultType\":\"input_required\",\"inputRequests\":{},\"requestState\":%s}".formatted(state);
        upstream.on("tools/call", Script.result(asks));

        var answer = raw("POST /mcp/open HTTP/1.1\r\nHost: %s\r\n%sContent-Length: %d\r\nConnection: close\r\n\r\n%s"
                .formatted(host(), MIRRORED, CALL.length(), CALL));

        assertThat(answer).contains("-32603", "held back").doesNotContain("requestState", "alice");
        upstream.on("tools/call", Script.result("{\"content\":[],\"resultType\":\"complete\"}"));
    }

    private String host() {
        return "127.0.0.1:" + node.route("open").getPort();
    }

    private String raw(String bytes) throws IOException {
        return raw(node.route("open").getPort(), bytes);
    }

    private static String raw(int port, String bytes) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
