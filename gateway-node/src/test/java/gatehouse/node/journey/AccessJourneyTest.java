package gatehouse.node.journey;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.session.fake.FakeUpstream;
import gatehouse.session.fake.Script;
import gatehouse.session.fake.Step;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What somebody can do, and learn, on a route that is not theirs, or is theirs no longer.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessJourneyTest {

    private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}";

    private final FakeUpstream upstream = FakeUpstream.dual();
    private final HttpClient http = HttpClient.newHttpClient();
    private Path directory;
    private LocalNode node;

    @BeforeAll
    void start(@TempDir Path home) {
        directory = home;
        node = LocalNode.start(
                upstream.url(),
                home,
                "gateway.policy.crowd.bytes-of-agent = 1 MiB",
                "gateway.edge.limits.body = 1 MiB",
                "gateway.edge.deadlines.body-deadline = 5 s");
    }

    @AfterAll
    void stop() {
        node.close();
        upstream.close();
        http.close();
    }

    /// Bob may use `both`, never `crew`; `nowhere` is not declared.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST | application/json | {\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}",
                "POST | application/json | {\"jsonrpc\":\"2.0\",\"method\":\"notifications/evil\",\"params\":{\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\",\"io.modelcontextprotocol/clientCapabilities\":{}}}}",
                "POST | application/json | {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}",
                "POST | application/json | {",
                "POST | text/plain | x",
                "GET | application/json | ''",
                "DELETE | application/json | ''",
                "PUT | application/json | ''"
            })
    void a_forbidden_route_is_as_silent_as_none(String method, String type, String body) throws Exception {
        var before = upstream.arrivals().size();

        var forbidden = ask("crew", method, type, body);
        var undeclared = ask("nowhere", method, type, body);

        assertThat(forbidden.statusCode()).isEqualTo(403);
        assertThat(forbidden.body()).isEqualTo(undeclared.body());
        assertThat(undeclared.statusCode()).isEqualTo(403);
        assertThat(upstream.arrivals()).hasSize(before);
    }

    @Test
    void a_session_is_not_ended_by_way_of_another_route() {
        var client = alice("crew").open("2025-11-25");
        var elsewhere = new McpClient(
                node.route("both"), "X-MCP-Agent-Key", node.aliceKey(), "Mcp-Session-Id", client.session());

        assertThat(elsewhere.delete().statusCode()).isEqualTo(404);
        assertThat(client.post(LIST).statusCode()).isEqualTo(200);
        assertThat(client.delete().statusCode()).isEqualTo(204);
    }

    @Test
    @Timeout(30)
    void an_open_stream_ends_when_its_access_is_taken_away() throws Exception {
        upstream.on(
                "GET",
                Script.events(Step.event("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/hello\"}"), Step.hang()));
        var bob = new McpClient(node.route("both"), "X-MCP-Agent-Key", node.bobKey()).open("2025-11-25");
        var stream = bob.listen();
        assertThat(stream.next().data()).as("only primes").isEmpty();
        assertThat(stream.next().data()).contains("hello");
        var routes = directory.resolve("routes/routes.yaml");
        var declared = Files.readString(routes);

        Files.writeString(routes, declared.replace("tenants: [crew, others]", "tenants: [crew]"));

        assertThat(stream.rest()).isEmpty();
        assertThat(bob.post(LIST).statusCode()).isEqualTo(403);
        assertThat(bob.post("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"ping\"}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(bob.delete().statusCode()).isEqualTo(403);
        Files.writeString(routes, declared);
        upstream.on("GET", Script.status(405));
    }

    @Test
    void large_bodies_of_one_agent_take_no_more_than_its_room_and_give_it_back() throws Exception {
        var gate = new CompletableFuture<Void>();
        upstream.on(
                "tools/call",
                arrival -> List.of(
                        Step.await(gate),
                        Script.http(200, "application/json", Script.resultOf(arrival, "{\"content\":[]}"))));
        var client = alice("both").open("2025-11-25");
        var big = "x".repeat(600_000);
        var first = CompletableFuture.supplyAsync(() -> client.post(call(1, big)));
        while (!upstream.next().key().equals("tools/call")) {
            // others are skipped; the wait for each is bounded
        }

        var second = client.post(call(2, big));
        var small = alice("both").open("2025-11-25").post(LIST);
        gate.complete(null);

        assertThat(second.statusCode()).isEqualTo(429);
        assertThat(second.body())
                .contains("bytes in large messages of this agent")
                .contains("1048576");
        assertThat(small.statusCode()).isEqualTo(200);
        assertThat(first.join().body()).contains("\"content\":[]");
        assertThat(client.post(call(3, big)).statusCode()).isEqualTo(200);
        assertThat(client.delete().statusCode()).isEqualTo(204);
        Counts.await(node, "permits", 0);
        upstream.on("tools/call", Script.result("{\"content\":[]}"));
    }

    private static String call(int id, String text) {
        return "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"tools/call\",\"params\":{\"name\":\"echo\",\"arguments\":{\"text\":\"%s\"}}}"
                .formatted(id, text);
    }

    private McpClient alice(String route) {
        return new McpClient(node.route(route), "X-MCP-Agent-Key", node.aliceKey());
    }

    private HttpResponse<String> ask(String route, String method, String type, String body)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(node.route(route))
                .header("X-MCP-Agent-Key", node.bobKey())
                .header("Content-Type", type)
                .header("Accept", "application/json, text/event-stream")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
