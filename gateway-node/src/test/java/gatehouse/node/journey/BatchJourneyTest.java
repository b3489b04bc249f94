package gatehouse.node.journey;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.session.fake.Arrival;
import gatehouse.session.fake.Dialogue;
import gatehouse.session.fake.FakeUpstream;
import gatehouse.session.fake.Script;
import gatehouse.session.fake.Step;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Batches of clients of 2025-03-26, and of those who may send none, over real HTTP.
@Timeout(60)
class BatchJourneyTest {

    private static final String READY = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";
    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":\"p\",\"method\":\"ping\"}";
    private static final String ROOTS = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/roots/list_changed\"}";
    private static final String DONE = "{\"resultType\":\"complete\",\"content\":[]}";

    private final FakeUpstream legacy = FakeUpstream.legacy();
    private final FakeUpstream modern = FakeUpstream.modern();
    private final Dialogue dialogue = Dialogue.with(legacy);
    private LocalNode node;

    @BeforeEach
    void start(@TempDir Path directory) {
        legacy.on(
                        "initialize",
                        Script.result(
                                "{\"protocolVersion\":\"2025-03-26\",\"capabilities\":{\"tools\":{}},\"serverInfo\":{}}",
                                "Mcp-Session-Id: its-own"))
                .on("notifications/initialized", Script.status(202))
                .on("notifications/roots/list_changed", Script.status(202))
                .on("notifications/cancelled", Script.status(202))
                .on("tools/list", Script.result("{\"tools\":[{\"name\":\"t\",\"inputSchema\":{\"type\":\"object\"}}]}"))
                .on(
                        "tools/call",
                        arrival -> Script.result(Dialogue.text(arrival.rpcId())).answer(arrival));
        modern.on(
                        "tools/list",
                        Script.result("{\"resultType\":\"complete\",\"tools\":[{\"name\":\"t\",\"inputSchema\":"
                                + "{\"type\":\"object\"}}],\"ttlMs\":0,\"cacheScope\":\"private\"}"))
                .on("tools/call", Script.result(DONE));
        var members = new LinkedHashMap<String, URI>();
        members.put("old", legacy.url());
        members.put("new", modern.url());
        node = LocalNode.joining(
                members,
                "auto",
                directory,
                "gateway.call.prompt-answer = 1 ms",
                "gateway.policy.crowd.calls-of-agent = 8");
    }

    @AfterEach
    void stop() {
        node.close();
        legacy.close();
        modern.close();
    }

    private McpClient client(String route) {
        return new McpClient(node.route(route), "Authorization", "Bearer " + node.aliceKey()).open("2025-03-26");
    }

    private static String batch(String... messages) {
        return "[" + String.join(",", messages) + "]";
    }

    private List<Arrival> arrivals(String method) {
        return legacy.arrivals().stream()
                .filter(arrival -> arrival.key().equals(method))
                .toList();
    }

    @Test
    void requests_are_answered_together_in_their_order_each_under_its_own_id() {
        var client = client("both");

        var answer = client.post(batch(McpClient.toolCall(1, "t"), PING, ROOTS, McpClient.toolCall("\"1\"", "t")));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.body())
                .matches("\\[\\{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":.*},"
                        + "\\{\"jsonrpc\":\"2.0\",\"id\":\"p\",\"result\":\\{}},"
                        + "\\{\"jsonrpc\":\"2.0\",\"id\":\"1\",\"result\":.*}]");
        assertThat(arrivals("tools/call"))
                .hasSize(2)
                .allMatch(arrival -> arrival.body().startsWith("{"));
        assertThat(arrivals("notifications/roots/list_changed")).hasSize(1);
    }

    @Test
    void what_wants_no_answer_gets_202_and_nothing_else() {
        var answer =
                client("both").post(batch(ROOTS, "{\"jsonrpc\":\"2.0\",\"id\":\"nobody-asked\",\"result\":{}}", ROOTS));

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void a_client_that_says_it_is_ready_and_calls_at_once_is_heard_in_that_order() {
        client("both").post(batch(McpClient.toolCall(1, "t"), READY));

        assertThat(legacy.arrivals().stream().map(Arrival::key).filter(key -> !key.equals("GET")))
                .endsWith("notifications/initialized", "tools/call");
    }

    @Test
    void a_question_in_mid_call_is_answered_that_nobody_can_be_asked_and_progress_is_dropped() {
        var progress = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\","
                + "\"params\":{\"progressToken\":1,\"progress\":1}}";
        legacy.on("tools/call", Script.eventsOf(arrival -> {
            var question = dialogue.question("roots/list", "{}");
            return List.of(
                    Step.event(progress),
                    question.put(),
                    question.awaited(),
                    Step.later(() -> Step.event(Script.resultOf(arrival, Dialogue.text(question.result())))),
                    Step.end());
        }));

        var answer = client("both").post(batch(McpClient.toolCall(1, "t"), McpClient.toolCall(2, "t")));

        assertThat(answer.body())
                .contains("\"id\":1,", "\"id\":2,", "the client cannot be asked now")
                .doesNotContain("progressToken");
        assertThat(dialogue.open()).isZero();
    }

    @Test
    void a_question_of_an_upstream_without_sessions_counts_as_put_away() {
        modern.on(
                "tools/call",
                arrival -> Script.result(
                                arrival.body().contains("\"inputResponses\"")
                                        ? DONE
                                        : "{\"resultType\":\"input_required\",\"inputRequests\":{\"who\":{\"method\":"
                                                + "\"elicitation/create\",\"params\":{\"message\":\"who?\"}}}}")
                        .answer(arrival));

        var answer = client("keyed").post(batch(McpClient.toolCall(1, "new__t"), McpClient.toolCall(2, "old__t")));

        assertThat(answer.body()).contains("\"id\":1,\"result\"", "\"id\":2,\"result\"");
        assertThat(modern.arrivals().getLast().body()).contains("\"action\":\"cancel\"");
    }

    @Test
    void members_of_a_joined_route_answer_one_batch() {
        var list = "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"tools/list\"}";

        var answer = client("keyed")
                .post(batch(
                        list,
                        McpClient.toolCall(1, "old__t"),
                        McpClient.toolCall(2, "new__t"),
                        McpClient.toolCall(3, "x__t")));

        assertThat(answer.body())
                .contains("\"name\":\"old__t\"", "\"name\":\"new__t\"")
                .contains("\"id\":1,\"result\"", "\"id\":2,\"result\"", "\"id\":3,\"error\":{\"code\":-32602");
    }

    @Test
    void each_is_a_call_that_counts() {
        var gate = new CompletableFuture<Void>();
        legacy.on(
                "tools/call",
                Script.eventsOf(arrival -> List.of(
                        Step.await(gate), Step.event(Script.resultOf(arrival, "{\"content\":[]}")), Step.end())));
        var client = client("both");
        var calls = IntStream.range(0, 12)
                .mapToObj(id -> McpClient.toolCall(id, "t"))
                .toArray(String[]::new);

        var posted =
                CompletableFuture.supplyAsync(() -> client.post(batch(calls)).body());
        Counts.await(node, "calls", 8);
        gate.complete(null);

        assertThat(posted.join().split("\"result\"", -1)).hasSize(8 + 1);
        assertThat(posted.join().split("-31429", -1)).hasSize(4 + 1);
        Counts.await(node, "calls", 0);
    }

    @Test
    void an_id_that_is_under_way_is_refused_for_itself_alone() {
        var gate = new CompletableFuture<Void>();
        legacy.on(
                "tools/call",
                arrival -> arrival.body().contains("slow")
                        ? Script.eventsOf(same -> List.of(
                                        Step.await(gate),
                                        Step.event(Script.resultOf(same, "{\"content\":[]}")),
                                        Step.end()))
                                .answer(arrival)
                        : Script.result("{\"content\":[]}").answer(arrival));
        var client = client("both");

        try (var slow = client.call(McpClient.toolCall(1, "slow"))) {
            var answer = client.post(batch(McpClient.toolCall(1, "t"), McpClient.toolCall(2, "t")));
            gate.complete(null);

            assertThat(answer.body())
                    .contains("\"id\":1,\"error\":{\"code\":-32600")
                    .contains("\"id\":2,\"result\"");
            assertThat(slow.rest().getLast().data()).contains("\"id\":1,\"result\"");
        }
    }

    @Test
    void a_request_taken_back_has_no_answer_and_the_others_have_theirs() {
        legacy.on(
                "tools/call",
                arrival -> arrival.body().contains("slow")
                        ? Script.hang().answer(arrival)
                        : Script.result("{\"content\":[]}").answer(arrival));
        var client = client("both");

        var posted = CompletableFuture.supplyAsync(
                () -> client.post(batch(McpClient.toolCall(1, "slow"), McpClient.toolCall(2, "t"))));
        Counts.await(node, "calls", 1);
        client.post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":1}}");

        assertThat(posted.join().body()).startsWith("[{").contains("\"id\":2").doesNotContain("\"id\":1");
        assertThat(arrivals("notifications/cancelled")).hasSize(1);
    }

    static Stream<Arguments> refused() {
        var call = McpClient.toolCall(1, "t");
        var many = IntStream.range(0, 10_000)
                .mapToObj(id -> McpClient.toolCall(id, "t"))
                .collect(Collectors.joining(",", "[", "]"));
        var modern = "{\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"tools/call\",\"params\":{\"name\":\"t\",\"_meta\":{"
                + "\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                + "\"io.modelcontextprotocol/clientCapabilities\":{}}}}";
        return Stream.of(
                Arguments.of("an empty one", "[]", "is empty"),
                Arguments.of("one in another", "[[" + call + "]]", "is not an object"),
                Arguments.of(
                        "a bad one among good ones", batch(call, "{\"jsonrpc\":\"2.0\",\"id\":2}", PING), "message 2"),
                Arguments.of("an id twice", batch(call, PING, call), "the same id"),
                Arguments.of("ten thousand", many, "more than 32"),
                Arguments.of("one that opens a session", batch(call, McpClient.initialize("2025-03-26")), "initialize"),
                Arguments.of("one of another era", batch(call, modern), ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void nothing_of_it_is_done(String what, String batch, String text) {
        var client = client("both");

        var answer = client.post(batch);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains("-32").contains(text);
        assertThat(arrivals("tools/call")).isEmpty();
    }

    @Test
    void nobody_else_may_send_one() {
        legacy.on(
                "initialize",
                Script.result(
                        "{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{},\"serverInfo\":{}}",
                        "Mcp-Session-Id: its-own"));
        var newer = new McpClient(node.route("both"), "Authorization", "Bearer " + node.aliceKey()).open("2025-06-18");
        var sessionless = new McpClient(node.route("both"), "Authorization", "Bearer " + node.aliceKey());
        var thief = new McpClient(
                node.route("both"), "Authorization", "Bearer " + node.bobKey(), "Mcp-Session-Id", newer.session());
        var call = batch(McpClient.toolCall(1, "t"));

        assertThat(newer.post(call).statusCode()).isEqualTo(400);
        assertThat(newer.post(call).body()).contains("-32600", "only sessions of 2025-03-26", "send one message each");
        assertThat(newer.post(call, "MCP-Protocol-Version", "2025-03-26").statusCode())
                .isEqualTo(400);
        assertThat(sessionless.post(call).body()).contains("-32600", "only sessions of 2025-03-26");
        assertThat(sessionless.post(batch(McpClient.initialize("2025-03-26"))).statusCode())
                .isEqualTo(400);
        assertThat(thief.post(call).statusCode()).isEqualTo(404);
        assertThat(arrivals("tools/call")).isEmpty();
    }
}
