package gatehouse.node.journey;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.session.fake.Arrival;
import gatehouse.session.fake.FakeUpstream;
import gatehouse.session.fake.Script;
import gatehouse.session.fake.Step;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Tasks of the modern extension, from a modern client to a modern upstream. Their ids are the upstream's own.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ModernTasksTest {

    private static final String CAPABILITIES =
            "\"io.modelcontextprotocol/clientCapabilities\":{\"extensions\":{\"io.modelcontextprotocol/tasks\":{}}}";
    private static final String META =
            "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\"," + CAPABILITIES + "}";

    private final FakeUpstream upstream = FakeUpstream.modern();
    private LocalNode node;

    @BeforeAll
    void start(@TempDir Path directory) {
        node = LocalNode.start(upstream.url(), directory);
    }

    @AfterAll
    void stop() {
        node.close();
        upstream.close();
    }

    private static String task(String type, String status, String more) {
        return "{\"resultType\":\"" + type + "\",\"taskId\":\"t-9\",\"status\":\"" + status
                + "\",\"createdAt\":\"2026-01-01T00:00:00Z\",\"lastUpdatedAt\":\"2026-01-01T00:00:00Z\",\"ttlMs\":null"
                + more + "}";
    }

    private static String request(int id, String method, String params) {
        return "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"%s\",\"params\":{%s,%s}}"
                .formatted(id, method, params, META);
    }

    private McpClient client(String method, String name) {
        return new McpClient(
                node.route("open"), "MCP-Protocol-Version", "2026-07-28", "Mcp-Method", method, "Mcp-Name", name);
    }

    private HttpResponse<String> ask(int id, String method, String more) {
        return client(method, "t-9").post(request(id, method, "\"taskId\":\"t-9\"" + more));
    }

    private List<Arrival> arrivals(String method) {
        return upstream.arrivals().stream()
                .filter(arrival -> arrival.rpcMethod().equals(method))
                .toList();
    }

    @Test
    void a_call_that_becomes_a_task_is_looked_at_fed_and_finished_under_its_own_id() {
        var asks = ",\"inputRequests\":{\"name\":{\"method\":\"elicitation/create\",\"params\":{}}}";
        var result = ",\"result\":{\"content\":[],\"isError\":false}";
        upstream.on("tools/call", Script.result(task("task", "working", "")));
        upstream.on("tasks/get", Script.result(task("complete", "input_required", asks)));
        upstream.on("tasks/update", arrival -> {
            upstream.on("tasks/get", Script.result(task("complete", "completed", result)));
            return Script.result("{\"resultType\":\"complete\"}").answer(arrival);
        });

        var made = client("tools/call", "slow").post(request(1, "tools/call", "\"name\":\"slow\",\"arguments\":{}"));
        var asking = ask(2, "tasks/get", "");
        var fed = ask(3, "tasks/update", ",\"inputResponses\":{\"name\":{\"action\":\"accept\",\"content\":{}}}");
        var finished = ask(4, "tasks/get", "");

        assertThat(made.body()).contains("\"id\":1").contains(task("task", "working", ""));
        assertThat(arrivals("tools/call").getLast().body()).contains(CAPABILITIES);
        assertThat(asking.body()).contains("\"id\":2").contains(task("complete", "input_required", asks));
        assertThat(fed.statusCode()).isEqualTo(200);
        assertThat(fed.body()).contains("\"id\":3");
        assertThat(arrivals("tasks/update").getLast().body())
                .contains("\"inputResponses\":{\"name\":{\"action\":\"accept\",\"content\":{}}}");
        assertThat(finished.body()).contains("\"id\":4").contains(task("complete", "completed", result));
        for (var method : List.of("tasks/get", "tasks/update")) {
            assertThat(arrivals(method).getLast().header("Mcp-Method")).isEqualTo(method);
            assertThat(arrivals(method).getLast().header("Mcp-Name")).isEqualTo("t-9");
        }
    }

    @Test
    void a_task_is_cancelled_by_its_id_and_only_where_header_and_body_name_the_same() {
        upstream.on("tasks/cancel", Script.result("{\"resultType\":\"complete\"}"));

        var lying = client("tasks/cancel", "t-1").post(request(1, "tasks/cancel", "\"taskId\":\"t-9\""));
        var silent = new McpClient(
                        node.route("open"), "MCP-Protocol-Version", "2026-07-28", "Mcp-Method", "tasks/cancel")
                .post(request(2, "tasks/cancel", "\"taskId\":\"t-9\""));

        assertThat(lying.statusCode()).isEqualTo(400);
        assertThat(lying.body()).contains("\"id\":1").contains("-32020");
        assertThat(silent.statusCode()).isEqualTo(400);
        assertThat(arrivals("tasks/cancel")).isEmpty();

        assertThat(ask(3, "tasks/cancel", "").body()).contains("\"id\":3").contains("\"resultType\":\"complete\"");
        assertThat(arrivals("tasks/cancel").getLast().header("Mcp-Name")).isEqualTo("t-9");
    }

    @Test
    void who_listens_for_a_task_hears_how_it_goes() {
        var gate = new CompletableFuture<Void>();
        upstream.on(
                "subscriptions/listen",
                Script.eventsOf(arrival -> List.of(
                        Step.event(notification("notifications/subscriptions/acknowledged", arrival, "")),
                        Step.await(gate),
                        Step.event(notification(
                                "notifications/tasks", arrival, "\"taskId\":\"t-9\",\"status\":\"completed\",")),
                        Step.hang())));
        var listen = request(7, "subscriptions/listen", "\"notifications\":{\"taskIds\":[\"t-9\"]}");
        var client = new McpClient(
                node.route("open"), "MCP-Protocol-Version", "2026-07-28", "Mcp-Method", "subscriptions/listen");

        try (var stream = client.call(listen)) {
            var acknowledged = stream.next().data();
            gate.complete(null);
            var told = stream.next().data();

            assertThat(acknowledged).contains("acknowledged").contains(SUBSCRIPTION + "7}");
            assertThat(told)
                    .contains("notifications/tasks")
                    .contains("\"taskId\":\"t-9\",\"status\":\"completed\"")
                    .contains(SUBSCRIPTION + "7}");
            assertThat(arrivals("subscriptions/listen").getLast().body())
                    .contains("\"notifications\":{\"taskIds\":[\"t-9\"]}");
        }
    }

    private static final String SUBSCRIPTION = "\"_meta\":{\"io.modelcontextprotocol/subscriptionId\":";

    private static String notification(String method, Arrival listen, String params) {
        return "{\"jsonrpc\":\"2.0\",\"method\":\"" + method + "\",\"params\":{" + params + SUBSCRIPTION
                + listen.rpcId() + "}}}";
    }
}
