package gatehouse.node.journey;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.session.fake.Arrival;
import gatehouse.session.fake.FakeUpstream;
import gatehouse.session.fake.Script;
import gatehouse.session.fake.Step;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A client with a session at an upstream of 2026-07-28, over real HTTP.
@Timeout(30)
class OldClientJourneyTest {

    private static final String DONE = "{\"resultType\":\"complete\",\"content\":[]}";
    private static final String ASKING = "{\"resultType\":\"input_required\",\"requestState\":\"s\","
            + "\"inputRequests\":{\"who\":{\"method\":\"elicitation/create\",\"params\":{\"message\":\"who?\"}}}}";
    private static final Script ASKS =
            arrival -> Script.result(arrival.body().contains("\"inputResponses\"") ? DONE : ASKING)
                    .answer(arrival);

    private final FakeUpstream upstream = FakeUpstream.modern();
    private LocalNode node;

    @BeforeEach
    void start(@TempDir Path directory) {
        upstream.on("tools/list", Script.result("{\"resultType\":\"complete\",\"tools\":[],\"ttlMs\":0}"))
                .on("tools/call", Script.result(DONE))
                .on(
                        "server/discover",
                        Script.result("{\"resultType\":\"complete\",\"supportedVersions\":[\"2026-07-28\"],"
                                + "\"capabilities\":{\"tools\":{\"listChanged\":true},\"resources\":{\"subscribe\":true},"
                                + "\"logging\":{}},\"ttlMs\":0,\"cacheScope\":\"private\"}"))
                .on("subscriptions/listen", Script.eventsOf(arrival -> List.of(acknowledged(arrival), Step.hang())));
        node = LocalNode.start(
                upstream.url(),
                directory,
                "gateway.session.linger = 200 ms",
                "gateway.upstream.probing.undecided = 1 ms");
    }

    @AfterEach
    void stop() {
        node.close();
        upstream.close();
    }

    private McpClient open(String version) {
        return new McpClient(node.route("both"), "Authorization", "Bearer " + node.aliceKey()).open(version);
    }

    private static Step acknowledged(Arrival arrival) {
        return Step.event(notification(arrival, "notifications/subscriptions/acknowledged", "\"notifications\":{},"));
    }

    private static String notification(Arrival arrival, String method, String params) {
        return "{\"jsonrpc\":\"2.0\",\"method\":\"" + method + "\",\"params\":{" + params
                + "\"_meta\":{\"io.modelcontextprotocol/subscriptionId\":" + arrival.rpcId() + "}}}";
    }

    private List<Arrival> arrivals(String method) {
        return upstream.arrivals().stream()
                .filter(arrival -> arrival.key().equals(method))
                .toList();
    }

    private static String request(int id, String method, String params) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + params + "}";
    }

    @Test
    void a_session_lists_calls_and_ends_as_if_the_upstream_had_it_too() {
        var client = open("2025-03-26");

        assertThat(client.post(request(1, "tools/list", "{}")).body())
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"tools\":[]}}");
        assertThat(client.post(McpClient.toolCall("\"mine\"", "echo")).body())
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":\"mine\",\"result\":{\"content\":[]}}");
        assertThat(client.delete().statusCode()).isEqualTo(204);
        assertThat(arrivals("DELETE")).isEmpty();
    }

    @Test
    void the_level_a_session_sets_goes_with_each_of_its_calls() {
        var client = open("2025-11-25");

        assertThat(client.post(request(1, "logging/setLevel", "{\"level\":\"warning\"}"))
                        .body())
                .contains("\"result\":{}");
        client.post(McpClient.toolCall(2, "echo"));

        assertThat(arrivals("tools/call").getFirst().body())
                .contains("\"io.modelcontextprotocol/logLevel\":\"warning\"");
        assertThat(arrivals("logging/setLevel")).isEmpty();
        client.delete();
    }

    @Test
    void a_question_in_mid_call_is_answered_and_the_call_goes_on() {
        upstream.on("tools/call", ASKS);
        var client = open("2025-11-25");

        try (var stream = client.call(McpClient.toolCall(5, "ask"))) {
            assertThat(stream.next().data()).isEmpty();
            var question = stream.next().data();
            assertThat(question).contains("elicitation/create").contains("\"message\":\"who?\"");
            var accepted = client.post("{\"jsonrpc\":\"2.0\",\"id\":" + id(question)
                    + ",\"result\":{\"action\":\"accept\",\"content\":{\"name\":\"Ann\"}}}");

            assertThat(accepted.statusCode()).isEqualTo(202);
            assertThat(stream.next().data()).contains("\"id\":5").contains("\"content\":[]");
        }
        assertThat(arrivals("tools/call").getLast().body())
                .contains("\"inputResponses\":{\"who\":{\"action\":\"accept\",\"content\":{\"name\":\"Ann\"}}}")
                .contains("\"requestState\":\"s\"");
        Counts.await(node, "questions", 0);
        client.delete();
    }

    private static String id(String question) {
        return question.replaceAll(".*\"id\":(\"[^\"]+\").*", "$1");
    }

    @Test
    void a_call_taken_back_while_its_client_is_asked_leaves_nothing_behind() {
        upstream.on("tools/call", ASKS);
        var client = open("2025-11-25");
        try (var stream = client.call(McpClient.toolCall(5, "ask"))) {
            stream.next();
            stream.next();

            client.post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":5}}");

            assertThat(stream.rest()).isEmpty();
        }
        Counts.await(node, "questions", 0);
        Counts.await(node, "calls", 0);
        client.delete();
    }

    @Test
    void a_call_taken_back_is_given_up_at_the_upstream() throws Exception {
        var gone = new CompletableFuture<Void>();
        upstream.on("tools/call", arrival -> List.of(Step.hang(), Step.await(gone)));
        var client = open("2025-11-25");
        try (var stream = client.call(McpClient.toolCall(5, "slow"))) {
            stream.next();
            var before = upstream.open();

            client.post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":5}}");

            assertThat(stream.rest()).isEmpty();
            upstream.awaitOpen(before - 1);
        }
        client.delete();
    }

    @Test
    void a_client_that_hangs_up_cancels_nothing_and_fetches_the_rest() {
        var gate = new CompletableFuture<Void>();
        upstream.on(
                "tools/call",
                Script.eventsOf(arrival -> List.of(
                        Step.event(
                                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{\"level\":\"info\",\"data\":\"one\"}}"),
                        Step.await(gate),
                        Step.event(Script.resultOf(arrival, DONE)),
                        Step.end())));
        var client = open("2025-11-25");
        var first = client.call(McpClient.toolCall(7, "slow"));
        first.next();
        var one = first.next();

        first.close();
        gate.complete(null);
        var rest = client.listen("Last-Event-ID", one.id()).rest();

        assertThat(rest).hasSize(1);
        assertThat(rest.getFirst().data()).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{\"content\":[]}}");
        client.delete();
    }

    @Test
    void what_changes_at_the_upstream_reaches_the_sessions_own_stream() {
        var subscribed = new CompletableFuture<Void>();
        upstream.on(
                "subscriptions/listen",
                Script.eventsOf(arrival -> arrival.body().contains("a:b")
                        ? List.of(
                                acknowledged(arrival),
                                Step.await(subscribed),
                                Step.event(
                                        notification(arrival, "notifications/resources/updated", "\"uri\":\"a:b\",")),
                                Step.hang())
                        : List.of(
                                acknowledged(arrival),
                                Step.event(notification(arrival, "notifications/tools/list_changed", "")),
                                Step.hang())));
        var client = open("2025-11-25");

        try (var stream = client.listen()) {
            var first = nextMessage(stream);
            assertThat(client.post(request(1, "resources/subscribe", "{\"uri\":\"a:b\"}"))
                            .body())
                    .contains("\"result\":{}");
            subscribed.complete(null);
            var second = nextMessage(stream);

            assertThat(first)
                    .isEqualTo("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\",\"params\":{}}");
            assertThat(second)
                    .isEqualTo(
                            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/resources/updated\",\"params\":{\"uri\":\"a:b\"}}");
        }
        client.delete();
    }

    @Test
    void a_subscription_is_heard_where_there_was_nothing_to_hear_before() {
        upstream.on(
                        "server/discover",
                        Script.result("{\"resultType\":\"complete\",\"supportedVersions\":[\"2026-07-28\"],"
                                + "\"capabilities\":{\"resources\":{\"subscribe\":true}}}"))
                .on(
                        "subscriptions/listen",
                        Script.eventsOf(arrival -> List.of(
                                acknowledged(arrival),
                                Step.event(
                                        notification(arrival, "notifications/resources/updated", "\"uri\":\"a:b\",")),
                                Step.hang())));
        var client = open("2025-11-25");

        try (var stream = client.listen()) {
            client.post(request(1, "resources/subscribe", "{\"uri\":\"a:b\"}"));

            assertThat(nextMessage(stream)).contains("notifications/resources/updated");
        }
        assertThat(arrivals("subscriptions/listen")).hasSize(1);
        client.delete();
    }

    private static String nextMessage(McpClient.EventStream stream) {
        var event = stream.next();
        return event.data().isEmpty() ? stream.next().data() : event.data();
    }

    @Test
    void an_upstream_that_comes_to_speak_the_clients_era_goes_on_with_the_session() {
        var client = open("2025-11-25");
        client.post(request(1, "resources/subscribe", "{\"uri\":\"a:b\"}"));

        upstream.on("server/discover", Script.error(400, -32000))
                .on(
                        "initialize",
                        Script.result(
                                "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},\"serverInfo\":{}}",
                                "Mcp-Session-Id: its-own"))
                .on("resources/subscribe", Script.result("{}"))
                .on("GET", Script.status(405))
                .on(
                        "tools/call",
                        arrival -> (arrival.header("Mcp-Session-Id").equals("its-own")
                                        ? Script.result("{\"content\":[]}")
                                        : Script.error(400, -32000))
                                .answer(arrival));
        var answer = client.post(McpClient.toolCall(2, "echo"));

        assertThat(answer.body()).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{\"content\":[]}}");
        assertThat(arrivals("resources/subscribe")).hasSize(1);
        client.delete();
    }

    @Test
    void a_killed_node_keeps_the_session_and_says_that_its_question_is_void(@TempDir Path directory) {
        upstream.on("tools/call", ASKS);
        var before = RunningNode.start(Map.of("up", upstream.url()), directory);
        var client = new McpClient(before.openRoute("up")).open("2025-11-25");
        McpClient.Event question;
        try (var stream = client.call(McpClient.toolCall(9, "ask"))) {
            stream.next();
            question = stream.next();
            before.kill();
        }

        try (var after = RunningNode.start(Map.of("up", upstream.url()), directory)) {
            client.moveTo(after.openRoute("up"));
            var accepted = client.post(
                    "{\"jsonrpc\":\"2.0\",\"id\":" + id(question.data()) + ",\"result\":{\"action\":\"accept\"}}");
            var rest = client.listen("Last-Event-ID", question.id()).rest();

            assertThat(accepted.statusCode()).isEqualTo(202);
            assertThat(rest).hasSize(1);
            assertThat(rest.getFirst().data()).contains("\"id\":9").contains("\"outcome\":\"unknown\"");
            assertThat(client.post(request(1, "tools/list", "{}")).body()).contains("\"tools\":[]");
        }
    }
}
