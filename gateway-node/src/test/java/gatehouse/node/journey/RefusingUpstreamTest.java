package gatehouse.node.journey;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.session.fake.FakeUpstream;
import gatehouse.session.fake.Script;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Upstreams that turn the gateway away, in words that could be the gateway's own towards its client: clients would
/// drop
/// a key that is good, or ask their user for another.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusingUpstreamTest {

    private static final String META = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientCapabilities\":{}}";
    private static final String ASKS =
            "{\"resultType\":\"input_required\",\"inputRequests\":{\"who\":{\"method\":\"elicitation/create\","
                    + "\"params\":{\"message\":\"who?\"}}}}";

    private final FakeUpstream legacy = FakeUpstream.legacy();
    private final FakeUpstream modern = FakeUpstream.modern();
    private LocalNode alone;
    private LocalNode joined;

    @BeforeAll
    void start(@TempDir Path directory) {
        alone = LocalNode.start(legacy.url(), directory.resolve("legacy"));
        var members = new LinkedHashMap<String, URI>();
        members.put("new", modern.url());
        members.put("old", legacy.url());
        joined = LocalNode.joining(members, "auto", directory.resolve("joined"));
    }

    @BeforeEach
    void open() {
        for (var upstream : new FakeUpstream[] {legacy, modern}) {
            upstream.on(
                    "tools/list",
                    Script.result("{\"resultType\":\"complete\",\"ttlMs\":0,\"cacheScope\":\"private\","
                            + "\"tools\":[{\"name\":\"t\",\"inputSchema\":{\"type\":\"object\"}}]}"));
        }
    }

    @AfterAll
    void stop() {
        alone.close();
        joined.close();
        legacy.close();
        modern.close();
    }

    /// What another gateway says at its door, and what servers that use OAuth say.
    private static Script refusal(int status) {
        return arrival -> Script.body(
                        status,
                        "application/json",
                        "{\"jsonrpc\":\"2.0\",\"id\":" + arrival.rpcId() + ",\"error\":{\"code\":-31" + status
                                + ",\"message\":\"authentication required: send a key\"}}",
                        "WWW-Authenticate: Bearer realm=\"theirs\"")
                .answer(arrival);
    }

    private static McpClient session(LocalNode node, String route) {
        return new McpClient(node.route(route)).open("2025-11-25");
    }

    private static HttpResponse<String> alone(LocalNode node, String route, String tool) {
        return new McpClient(node.route(route))
                .post(
                        "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool
                                + "\",\"arguments\":{}," + META + "}}",
                        "MCP-Protocol-Version",
                        "2026-07-28",
                        "Mcp-Method",
                        "tools/call",
                        "Mcp-Name",
                        tool);
    }

    private static void assertIsNotOurs(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).isEmpty();
        assertThat(answer.body())
                .contains("\"id\":7", "-32603", "the upstream refused the request with HTTP " + status)
                .contains("\"outcome\":\"refused\"")
                .doesNotContain("authentication", "-31" + status);
    }

    static Stream<Arguments> ways() {
        return Stream.of(401, 403)
                .flatMap(status -> Stream.of("open", "new", "old").map(way -> Arguments.of(status, way)));
    }

    @ParameterizedTest(name = "{1}: {0}")
    @MethodSource("ways")
    void a_client_of_either_era_hears_who_was_refused(int status, String way) {
        legacy.on("tools/call", refusal(status));
        modern.on("tools/call", refusal(status));
        var node = way.equals("open") ? alone : joined;
        var route = way.equals("open") ? "open" : "joined";
        var tool = way.equals("open") ? "t" : way + "__t";

        assertIsNotOurs(alone(node, route, tool), status);
        assertIsNotOurs(session(node, route).post(McpClient.toolCall(7, tool)), status);
    }

    /// A route of its own, as the other leads to sessions.
    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void at_an_upstream_without_sessions_too(int status, @TempDir Path directory) {
        try (var upstream = FakeUpstream.modern();
                var node = LocalNode.start(upstream.url(), directory)) {
            var client = session(node, "open");
            upstream.on("tools/call", refusal(status));

            assertIsNotOurs(client.post(McpClient.toolCall(7, "t")), status);
            assertIsNotOurs(alone(node, "open", "t"), status);

            upstream.on("server/discover", refusal(status)).on("initialize", refusal(status));
            var opened = new McpClient(node.route("open")).post(McpClient.initialize("2025-11-25"));
            assertThat(opened.statusCode()).isEqualTo(200);
            assertThat(opened.body())
                    .contains("-32603", "HTTP " + status)
                    .doesNotContain("authentication", "-31" + status);
        }
    }

    /// The first round was let in, the second is not.
    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void in_the_middle_of_a_call_as_well(int status) {
        modern.on(
                "tools/call",
                arrival -> (arrival.body().contains("inputResponses") ? refusal(status) : Script.result(ASKS))
                        .answer(arrival));
        var client = session(joined, "joined");

        try (var stream = client.call(McpClient.toolCall(7, "new__t"))) {
            var question = stream.next().data();
            question = question.isEmpty() ? stream.next().data() : question;
            var id = question.replaceAll(".*\"id\":(\"[^\"]*\").*", "$1");
            client.post("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":{\"action\":\"accept\",\"content\":{}}}");

            assertThat(stream.rest().getLast().data())
                    .contains("\"id\":7", "the upstream refused the request with HTTP " + status)
                    .doesNotContain("authentication");
        }
    }
}
