package gatehouse.node.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gatehouse.session.fake.FakeUpstream;
import gatehouse.session.fake.Script;
import gatehouse.session.fake.Step;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// A client that comes to one node and goes on at another.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClusterJourneyTest {

    private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}";

    private static final String NOTE = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\","
            + "\"params\":{\"level\":\"info\",\"data\":\"%s\"}}";
    private static final String QUESTION = "{\"jsonrpc\":\"2.0\",\"id\":\"ask-1\",\"method\":\"elicitation/create\","
            + "\"params\":{\"message\":\"sure?\",\"requestedSchema\":{\"type\":\"object\",\"properties\":{}}}}";

    private final FakeUpstream upstream = FakeUpstream.legacy();
    private TwoNodes nodes;

    @BeforeAll
    void start(@TempDir Path directory) {
        nodes = TwoNodes.start(upstream.url(), directory);
    }

    @AfterAll
    void stop() {
        nodes.close();
        upstream.close();
    }

    @Test
    void both_see_each_other() {
        Counts.await(nodes.first(), "members", 2);
        Counts.await(nodes.second(), "members", 2);
    }

    @Test
    void a_node_with_another_secret_does_not_join_and_says_what_to_do(@TempDir Path directory) throws Exception {
        var own = Files.writeString(directory.resolve("secret"), "6".repeat(64));

        assertThatThrownBy(() -> nodes.another(directory, "gateway.node.secret-file = \"" + own + "\""))
                .hasMessageContaining("is not the secret of the other nodes")
                .hasMessageContaining("Copy the file of a node that serves")
                .hasMessageNotContaining("666");

        Counts.await(nodes.first(), "members", 2);
    }

    private McpClient alice() {
        return new McpClient(
                nodes.first().route("both"), "X-MCP-Agent-Key", nodes.first().aliceKey());
    }

    /// Half of them live on the other node.
    @RepeatedTest(6)
    void a_stream_is_resumed_at_the_other_node_while_its_call_goes_on() {
        var gate = new CompletableFuture<Void>();
        upstream.on(
                "tools/call",
                Script.eventsOf(arrival -> List.of(
                        Step.event(NOTE.formatted("one")),
                        Step.await(gate),
                        Step.event(NOTE.formatted("two")),
                        Step.event(Script.resultOf(arrival, "{\"content\":[]}")),
                        Step.end())));
        var client = alice().open("2025-11-25");
        var first = client.call(McpClient.toolCall(7, "slow"));
        var priming = first.next();
        var one = first.next();
        first.close();

        client.moveTo(nodes.second().route("both"));
        var resumed = client.listen("Last-Event-ID", one.id());
        gate.complete(null);
        var rest = resumed.rest();

        assertThat(rest).hasSize(2);
        assertThat(rest.get(0).data()).contains("two");
        assertThat(rest.get(1).data()).contains("\"id\":7").contains("result");
        assertThat(client.listen("Last-Event-ID", priming.id()).rest()).hasSize(3);
        client.delete();
    }

    @RepeatedTest(6)
    void what_a_session_says_by_itself_is_heard_at_the_other_node() {
        var gate = new CompletableFuture<Void>();
        upstream.on("GET", Script.events(Step.await(gate), Step.event(NOTE.formatted("by itself")), Step.hang()));
        var client = alice().open("2025-11-25");

        client.moveTo(nodes.second().route("both"));
        try (var stream = client.listen()) {
            assertThat(stream.status()).isEqualTo(200);
            stream.next();
            gate.complete(null);
            assertThat(stream.next().data()).contains("by itself");
        }
        client.delete();
    }

    @RepeatedTest(6)
    void a_question_is_answered_at_the_other_node() {
        var answered = new CompletableFuture<Void>();
        upstream.on(
                "tools/call",
                Script.eventsOf(arrival -> List.of(
                        Step.event(QUESTION),
                        Step.await(answered),
                        Step.event(Script.resultOf(arrival, "{\"content\":[]}")),
                        Step.end())));
        upstream.on("POST", arrival -> {
            answered.complete(null);
            return Script.status(202).answer(arrival);
        });
        var client = alice().open("2025-11-25");
        try (var call = client.call(McpClient.toolCall(7, "asking"))) {
            call.next();
            var question = call.next();
            assertThat(question.data()).contains("elicitation/create");
            var id = question.data().replaceAll(".*\"id\":(\"[^\"]*\"|[0-9]+).*", "$1");

            client.moveTo(nodes.second().route("both"));
            var taken = client.post("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":{\"action\":\"decline\"}}");

            assertThat(taken.statusCode()).isEqualTo(202);
            assertThat(call.next().data()).contains("\"id\":7").contains("result");
        }
        client.delete();
    }

    @RepeatedTest(6)
    void a_call_is_taken_back_at_the_other_node() {
        upstream.on("tools/call", Script.events(Step.event(NOTE.formatted("one")), Step.hang()));
        var client = alice().open("2025-11-25");
        try (var call = client.call(McpClient.toolCall(7, "slow"))) {
            call.next();
            call.next();

            client.moveTo(nodes.second().route("both"));
            client.post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":7}}");

            call.rest();
        }
        Counts.await(nodes.first(), "calls", 0);
        client.delete();
    }

    @Test
    void a_session_is_used_at_either_node() {
        for (var i = 0; i < 20; i++) {
            var client = new McpClient(
                            nodes.first().route("both"),
                            "X-MCP-Agent-Key",
                            nodes.first().aliceKey())
                    .open("2025-11-25");
            client.moveTo(nodes.second().route("both"));

            var answer = client.post(LIST);

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(client.delete().statusCode()).isEqualTo(204);
        }
    }
}
