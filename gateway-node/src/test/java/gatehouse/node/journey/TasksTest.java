package gatehouse.node.journey;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.session.fake.Arrival;
import gatehouse.session.fake.FakeUpstream;
import gatehouse.session.fake.Script;
import gatehouse.session.fake.Step;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Tasks of the legacy revision 2025-11-25, from a legacy client to a legacy upstream.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TasksTest {

    private static final String RELATED = "\"_meta\":{\"io.modelcontextprotocol/related-task\":{\"taskId\":\"t-1\"}}";
    private static final String STATUS =
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tasks/status\",\"params\":" + task("completed") + "}";
    private static final String QUESTION = "{\"jsonrpc\":\"2.0\",\"id\":\"ask-1\",\"method\":\"elicitation/create\","
            + "\"params\":{\"message\":\"sure?\",\"requestedSchema\":{\"type\":\"object\",\"properties\":{}},"
            + RELATED + "}}";

    private final FakeUpstream upstream = FakeUpstream.legacy();
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

    private static String task(String status) {
        return "{\"taskId\":\"t-1\",\"status\":\"" + status + "\",\"createdAt\":\"2026-01-01T00:00:00Z\","
                + "\"lastUpdatedAt\":\"2026-01-01T00:00:00Z\",\"ttl\":60000,\"pollInterval\":100}";
    }

    private static String request(int id, String method) {
        return "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"%s\",\"params\":{\"taskId\":\"t-1\"}}"
                .formatted(id, method);
    }

    private Arrival last(String method) {
        return upstream.arrivals().stream()
                .filter(arrival -> arrival.rpcMethod().equals(method))
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    @Test
    void a_task_is_made_watched_and_its_result_waited_for() {
        var done = new CompletableFuture<Void>();
        upstream.on("tools/call", Script.result("{\"task\":" + task("working") + "}"));
        upstream.on("tasks/get", Script.result(task("working")));
        upstream.on("GET", Script.events(Step.await(done), Step.event(STATUS), Step.hang()));
        upstream.on(
                "tasks/result",
                arrival -> List.of(
                        Step.await(done),
                        Script.result("{\"content\":[]," + RELATED + "}")
                                .answer(arrival)
                                .getFirst()));
        var client = new McpClient(node.route("open")).open("2025-11-25");
        try (var listening = client.listen()) {
            listening.next();

            var made = client.post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":"
                    + "{\"name\":\"slow\",\"arguments\":{},\"task\":{\"ttl\":60000}}}");
            var looked = client.post(request(2, "tasks/get"));
            var waiting = client.call(request(3, "tasks/result"));
            assertThat(waiting.next().data()).isEmpty();
            done.complete(null);

            assertThat(made.body()).contains("\"id\":1").contains(task("working"));
            assertThat(last("tools/call").body()).contains("\"task\":{\"ttl\":60000}");
            assertThat(looked.body()).contains("\"id\":2").contains(task("working"));
            assertThat(last("tasks/get").body()).contains("\"taskId\":\"t-1\"");
            assertThat(waiting.next().data())
                    .contains("\"id\":3")
                    .contains("\"content\":[]")
                    .contains(RELATED);
            assertThat(listening.next().data()).isEqualTo(STATUS);
        }
        client.delete();
    }

    @Test
    void a_task_that_needs_input_asks_while_its_result_is_waited_for() {
        var answered = new CompletableFuture<String>();
        upstream.on("POST", arrival -> {
            answered.complete(arrival.body());
            return Script.status(202).answer(arrival);
        });
        upstream.on(
                "tasks/result",
                Script.eventsOf(arrival -> List.of(
                        Step.event(QUESTION),
                        Step.await(answered),
                        Step.event(Script.resultOf(arrival, "{\"content\":[]," + RELATED + "}")),
                        Step.end())));
        var client = new McpClient(node.route("open")).open("2025-11-25");
        try (var waiting = client.call(request(1, "tasks/result"))) {
            waiting.next();

            var question = waiting.next().data();
            var id = question.replaceAll(".*\"id\":(\"q-[^\"]+\").*", "$1");
            client.post("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":{\"action\":\"decline\"}}");

            assertThat(question)
                    .contains("elicitation/create")
                    .contains(RELATED)
                    .doesNotContain("ask-1");
            assertThat(answered.join()).contains("\"id\":\"ask-1\"").contains("\"action\":\"decline\"");
            assertThat(waiting.next().data()).contains("\"id\":1").contains("\"content\":[]");
        }
        client.delete();
    }

    @Test
    void a_task_is_cancelled_once_and_the_upstream_says_no_the_second_time() {
        upstream.on("tasks/cancel", arrival -> {
            upstream.on("tasks/cancel", Script.error(200, -32602));
            return Script.result(task("cancelled")).answer(arrival);
        });
        upstream.on("tasks/list", Script.result("{\"tasks\":[" + task("cancelled") + "]}"));
        var client = new McpClient(node.route("open")).open("2025-11-25");

        assertThat(client.post(request(1, "tasks/cancel")).body())
                .contains("\"id\":1")
                .contains(task("cancelled"));
        assertThat(last("tasks/cancel").body()).contains("\"taskId\":\"t-1\"");
        assertThat(client.post(request(2, "tasks/cancel")).body())
                .contains("\"id\":2")
                .contains("-32602");
        assertThat(client.post("{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"tasks/list\"}")
                        .body())
                .contains("\"id\":3")
                .contains(task("cancelled"));
        client.delete();
    }
}
