package gatehouse.node.journey;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.session.fake.FakeUpstream;
import gatehouse.session.fake.Script;
import gatehouse.session.fake.Step;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Clients that know nothing newer than HTTP+SSE, over real HTTP.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SseJourneyTest {

    private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}";
    private static final String NOTE = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\","
            + "\"params\":{\"level\":\"info\",\"data\":\"one\"}}";
    private static final String QUESTION =
            "{\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"elicitation/create\",\"params\":{\"message\":\"who?\"}}";

    private final FakeUpstream upstream = FakeUpstream.legacy();
    private LocalNode node;

    @BeforeAll
    void start(@TempDir Path directory) {
        upstream.on("tools/call", Script.result("{\"content\":[]}"));
        node = LocalNode.start(upstream.url(), directory, "gateway.policy.crowd.streams-of-agent = 4");
    }

    @AfterEach
    void nothing_is_left() {
        Counts.await(node, "sseStreams", 0);
        Counts.await(node, "streams", 0);
        Counts.await(node, "calls", 0);
    }

    @AfterAll
    void stop() {
        node.close();
        upstream.close();
    }

    private SseVisitor alice() {
        return new SseVisitor(node.route("old"), "Authorization", "Bearer " + node.aliceKey());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024-11-05", "2025-03-26", "2025-11-25"})
    void a_session_is_held_over_one_stream(String version) {
        try (var client = alice()) {
            assertThat(client.messages().toString()).contains("/mcp/old/messages?sessionId=");

            client.open(version);
            assertThat(client.next().data()).contains("\"id\":\"open\"").contains("protocolVersion");
            var accepted = client.post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
            assertThat(accepted.statusCode()).isEqualTo(202);

            assertThat(client.post(LIST).statusCode()).isEqualTo(202);
            var answer = client.next();
            assertThat(answer.type()).isEqualTo("message");
            assertThat(answer.data()).contains("\"id\":1").contains("\"tools\":[]");
        }
    }

    @Test
    void every_response_says_since_when_it_is_deprecated_and_until_when_it_is_served() {
        try (var client = alice()) {
            assertFarewell(client.stream(), "Fri, 01 Jan 2100 00:00:00 GMT");
            assertFarewell(client.open("2024-11-05").post(LIST), "Fri, 01 Jan 2100 00:00:00 GMT");
            assertFarewell(client.post("no json"), "Fri, 01 Jan 2100 00:00:00 GMT");
        }
    }

    @Test
    void whoever_is_not_let_in_cannot_tell_whether_there_is_such_a_route() {
        for (var route : List.of("old", "nowhere")) {
            var refused = get(node.route(route) + "/sse", "Authorization", "Bearer nobody");
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.headers().map()).doesNotContainKeys("deprecation", "sunset");
        }
    }

    private static void assertFarewell(HttpResponse<?> response, String sunset) {
        assertThat(response.headers().firstValue("Deprecation")).contains("@1742947200");
        assertThat(response.headers().firstValue("Sunset")).contains(sunset);
    }

    @Test
    void after_its_day_a_client_is_told_what_to_do_instead() {
        var over = get(node.route("over") + "/sse", "Authorization", "Bearer " + node.aliceKey());
        var post = post(
                node.route("over") + "/messages?sessionId=AAAA", LIST, "Authorization", "Bearer " + node.aliceKey());

        assertThat(over.statusCode()).isEqualTo(410);
        assertThat(over.body()).contains("-31410").contains("POST to /mcp/over").contains("2026-01-02");
        assertFarewell(over, "Fri, 02 Jan 2026 00:00:00 GMT");
        assertThat(post.statusCode()).isEqualTo(410);
    }

    @Test
    void a_route_that_says_nothing_serves_no_such_clients_and_whoever_may_not_use_it_learns_nothing() {
        var alice = get(node.route("crew") + "/sse", "Authorization", "Bearer " + node.aliceKey());
        var bob = get(node.route("crew") + "/sse", "Authorization", "Bearer " + node.bobKey());
        var nowhere = get(node.route("nowhere") + "/sse", "Authorization", "Bearer " + node.bobKey());
        var nobody = get(node.route("crew") + "/sse");

        assertThat(alice.statusCode()).isEqualTo(404);
        assertThat(alice.body()).contains("POST to /mcp/crew");
        assertThat(bob.statusCode()).isEqualTo(nowhere.statusCode()).isEqualTo(403);
        assertThat(bob.body()).isEqualTo(nowhere.body());
        assertThat(nobody.statusCode()).isEqualTo(401);
    }

    @Test
    void messages_come_from_who_opened_the_stream_and_from_nobody_else() {
        try (var client = alice().begin("2024-11-05")) {
            var bob = post(client.messages().toString(), LIST, "Authorization", "Bearer " + node.bobKey());
            var invented = post(
                    node.route("old") + "/messages?sessionId=AAAAAAAA",
                    LIST,
                    "Authorization",
                    "Bearer " + node.bobKey());
            var nobody = post(client.messages().toString(), LIST);
            var missing = post(node.route("old") + "/messages", LIST, "Authorization", "Bearer " + node.aliceKey());
            var elsewhere = post(
                    client.messages().toString().replace("/old/", "/crew/"),
                    LIST,
                    "Authorization",
                    "Bearer " + node.aliceKey());

            assertThat(bob.statusCode()).isEqualTo(invented.statusCode()).isEqualTo(404);
            assertThat(bob.body()).isEqualTo(invented.body());
            assertThat(nobody.statusCode()).isEqualTo(401);
            assertThat(missing.statusCode()).isEqualTo(400);
            assertThat(elsewhere.statusCode()).isEqualTo(404);
            client.post(LIST);
            assertThat(client.next().data()).contains("\"id\":1");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Origin       | https://evil.example.org | 403
            Content-Type | text/plain               | 415
            """)
    void what_is_refused_elsewhere_is_refused_here(String header, String value, int status) {
        try (var client = alice()) {
            assertThat(client.post(LIST, header, value).statusCode()).isEqualTo(status);
            assertThat(client.post("{\"jsonrpc\":\"2.0\",\"id\":1").statusCode())
                    .isEqualTo(400);
            assertThat(client.post("x".repeat(70_000)).statusCode()).isEqualTo(413);
        }
    }

    @Test
    void other_methods_are_not_allowed() {
        var stream = post(node.route("old") + "/sse", LIST, "Authorization", "Bearer " + node.aliceKey());
        var messages = get(node.route("old") + "/messages", "Authorization", "Bearer " + node.aliceKey());

        assertThat(stream.statusCode()).isEqualTo(405);
        assertThat(stream.headers().firstValue("Allow")).contains("GET");
        assertThat(messages.statusCode()).isEqualTo(405);
        assertThat(messages.headers().firstValue("Allow")).contains("POST");
    }

    @Test
    void a_question_in_mid_call_reaches_the_client_and_its_answer_the_upstream() {
        var gate = new CompletableFuture<Void>();
        upstream.on(
                "tools/call",
                Script.eventsOf(arrival -> List.of(
                        Step.event(NOTE),
                        Step.event(QUESTION),
                        Step.await(gate),
                        Step.event(Script.resultOf(arrival, "{\"content\":[]}")),
                        Step.end())));
        upstream.on("POST", arrival -> {
            gate.complete(null);
            return Script.status(202).answer(arrival);
        });
        try (var client = alice().begin("2025-11-25")) {
            client.post(McpClient.toolCall(7, "slow"));
            var said = client.next(2);
            var question = said.getLast().data();
            var id = question.replaceAll(".*\"id\":(\"q-[a-z0-9]+\").*", "$1");

            client.post("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":{\"action\":\"decline\"}}");

            assertThat(said.getFirst().data()).contains("one");
            assertThat(question).contains("elicitation/create");
            assertThat(client.next().data()).contains("\"id\":7").contains("\"content\":[]");
        } finally {
            upstream.on("tools/call", Script.result("{\"content\":[]}"));
        }
    }

    @Test
    void what_the_upstream_says_by_itself_is_heard_over_the_same_stream() {
        var gate = new CompletableFuture<Void>();
        upstream.on(
                "GET",
                Script.events(
                        Step.await(gate),
                        Step.event("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}"),
                        Step.hang()));
        try (var client = alice().begin("2024-11-05")) {
            gate.complete(null);

            assertThat(client.next().data()).contains("list_changed");
        } finally {
            upstream.on("GET", Script.status(405));
        }
    }

    @Test
    void a_dropped_stream_ends_the_session_here_and_at_the_upstream() throws Exception {
        var client = alice().begin("2024-11-05");
        var messages = client.messages();
        while (!upstream.next().key().equals("notifications/initialized")) {
            // what came before
        }

        client.close();

        var arrival = upstream.next();
        while (!arrival.method().equals("DELETE")) {
            arrival = upstream.next();
        }
        Counts.await(node, "sseStreams", 0);
        var late = post(messages.toString(), LIST, "Authorization", "Bearer " + node.aliceKey());
        assertThat(late.statusCode()).isEqualTo(404);
        assertThat(late.body()).contains("-32001");
    }

    @Test
    void an_agent_has_no_more_streams_than_its_share() {
        try (var one = alice();
                var two = alice();
                var three = alice();
                var four = alice()) {
            var fifth = get(node.route("old") + "/sse", "Authorization", "Bearer " + node.aliceKey());

            assertThat(List.of(one, two, three, four))
                    .allSatisfy(
                            client -> assertThat(client.stream().statusCode()).isEqualTo(200));
            assertThat(fifth.statusCode()).isEqualTo(429);
        }
    }

    @Test
    void errors_of_requests_come_over_the_stream_and_a_second_session_is_refused() {
        try (var client = alice()) {
            client.post(LIST);
            assertThat(client.next().data()).contains("\"id\":1").contains("-32000");
            client.begin("2024-11-05");

            client.open("2024-11-05");

            assertThat(client.next().data()).contains("\"id\":\"open\"").contains("-32600");
        }
    }

    /// A client of both eras asks first, whatever the transport; it must learn that it has to open a session.
    @Test
    void a_modern_question_is_answered_with_the_revisions_that_have_sessions() {
        try (var client = alice()) {
            client.post("""
                    {"jsonrpc":"2.0","id":"d","method":"server/discover","params":{"_meta":{\
                    "io.modelcontextprotocol/protocolVersion":"2026-07-28",\
                    "io.modelcontextprotocol/clientCapabilities":{}}}}""");

            assertThat(client.next().data())
                    .contains("\"id\":\"d\"")
                    .contains("-32022")
                    .contains("2025-11-25")
                    .doesNotContain("\"2026-07-28\"]");
        }
    }

    @Test
    void operators_see_which_agents_still_come_this_way() {
        alice().close();

        var detail = get(node.management("/health/detail").toString()).body();

        assertThat(detail).containsPattern("\"sseStreamsOfAgents\":\\{\"crew/alice\":[0-9]+");
    }

    private static HttpResponse<String> get(String url, String... headers) {
        return send(HttpRequest.newBuilder(URI.create(url)).GET(), "text/event-stream", headers);
    }

    private static HttpResponse<String> post(String url, String json, String... headers) {
        var body = HttpRequest.BodyPublishers.ofString(json);
        var request = HttpRequest.newBuilder(URI.create(url)).header("Content-Type", "application/json");
        return send(request.POST(body), "*/*", headers);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request, String accept, String... headers) {
        request.header("Accept", accept);
        for (var i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try (var http = HttpClient.newHttpClient()) {
            return http.sendAsync(request.build(), BodyHandlers.ofString()).join();
        }
    }
}
