package gatehouse.node.journey;

import static org.assertj.core.api.Assertions.assertThat;

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

/// A legacy session from `initialize` to its end, over real HTTP.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SessionJourneyTest {

    private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}";
    private static final String NOTE = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\","
            + "\"params\":{\"level\":\"info\",\"data\":\"%s\"}}";

    private final FakeUpstream upstream = FakeUpstream.legacy();
    private LocalNode node;

    @BeforeAll
    void start(@TempDir Path directory) {
        upstream.on("tools/call", Script.result("{\"content\":[]}"));
        node = LocalNode.start(
                upstream.url(),
                directory,
                "gateway.session.passivate = 200 ms",
                "gateway.session.linger = 200 ms",
                "gateway.policy.crowd.sessions-of-agent = 8");
    }

    @AfterAll
    void stop() {
        node.close();
        upstream.close();
    }

    private McpClient alice() {
        return new McpClient(node.route("both"), "Authorization", "Bearer " + node.aliceKey());
    }

    @Test
    void a_prompt_answer_is_plain_json_under_the_clients_own_id() {
        var client = alice().open("2025-11-25");

        var answer = client.post(McpClient.toolCall("\"mine\"", "echo"));

        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.body()).contains("\"id\":\"mine\"").contains("\"content\":[]");
        assertThat(client.delete().statusCode()).isEqualTo(204);
    }

    @Test
    void a_session_that_ended_is_unknown_here_and_gone_at_the_upstream() {
        var client = alice().open("2025-11-25");

        client.delete();

        assertThat(client.post(LIST).statusCode()).isEqualTo(404);
        assertThat(client.post(LIST).body()).contains("-32001");
        assertThat(upstream.arrivals()).anyMatch(arrival -> arrival.method().equals("DELETE"));
    }

    @Test
    void somebody_elses_session_is_as_unknown_as_one_that_never_was() {
        var client = alice().open("2025-11-25");
        var thief = new McpClient(
                node.route("both"), "Authorization", "Bearer " + node.bobKey(), "Mcp-Session-Id", client.session());
        var guesser = new McpClient(
                node.route("both"), "Authorization", "Bearer " + node.bobKey(), "Mcp-Session-Id", "A".repeat(44));

        var stolen = thief.post(LIST);
        var guessed = guesser.post(LIST);

        assertThat(stolen.statusCode()).isEqualTo(guessed.statusCode()).isEqualTo(404);
        assertThat(stolen.body()).isEqualTo(guessed.body());
        assertThat(thief.delete().statusCode()).isEqualTo(404);
        assertThat(client.post(LIST).statusCode()).isEqualTo(200);
        client.delete();
    }

    @Test
    void a_slow_answer_becomes_a_primed_stream_that_is_resumed_without_loss() {
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
        gate.complete(null);
        var rest = client.listen("Last-Event-ID", one.id()).rest();

        assertThat(priming.data()).isEmpty();
        assertThat(one.data()).contains("one");
        assertThat(rest).hasSize(2);
        assertThat(rest.get(0).data()).contains("two");
        assertThat(rest.get(1).data()).contains("\"id\":7").contains("result");
        assertThat(client.listen("Last-Event-ID", priming.id()).rest()).hasSize(3);
        client.delete();
        upstream.on("tools/call", Script.result("{\"content\":[]}"));
    }

    @Test
    void nobody_else_resumes_a_stream() {
        upstream.on(
                "tools/call",
                Script.eventsOf(arrival -> List.of(
                        Step.event(NOTE.formatted("secret")),
                        Step.event(Script.resultOf(arrival, "{\"content\":[]}")),
                        Step.end())));
        var client = alice().open("2025-11-25");
        var id = client.call(McpClient.toolCall(1, "slow")).rest().getFirst().id();
        var thief = new McpClient(
                node.route("both"), "Authorization", "Bearer " + node.bobKey(), "Mcp-Session-Id", client.session());

        assertThat(thief.get("Last-Event-ID", id).statusCode()).isEqualTo(404);
        assertThat(client.get("Last-Event-ID", "nothing-1").statusCode()).isEqualTo(400);
        client.delete();
        upstream.on("tools/call", Script.result("{\"content\":[]}"));
    }

    @Test
    void a_session_that_left_memory_comes_back_when_it_is_asked_for() {
        var client = alice().open("2025-11-25");

        Counts.await(node, "sessions", 0);

        assertThat(client.post(LIST).statusCode()).isEqualTo(200);
        client.delete();
    }

    @Test
    void an_agent_has_no_more_sessions_than_its_share() {
        var clients = new java.util.ArrayList<McpClient>();
        for (var i = 0; i < 8; i++) {
            clients.add(alice().open("2025-06-18"));
        }

        var refused = alice().post(
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{"
                                + "\"protocolVersion\":\"2025-06-18\",\"capabilities\":{},\"clientInfo\":{\"name\":\"x\",\"version\":\"1\"}}}");

        assertThat(refused.statusCode()).isEqualTo(429);
        clients.forEach(McpClient::delete);
        assertThat(alice().open("2025-06-18").delete().statusCode()).isEqualTo(204);
    }

    @Test
    void a_leg_the_upstream_forgot_is_opened_again_and_the_call_answered() {
        var client = alice().open("2025-11-25");
        upstream.on("tools/call", arrival -> {
            upstream.on("tools/call", Script.result("{\"content\":[]}"));
            return Script.error(404, -32001).answer(arrival);
        });

        var answer = client.post(McpClient.toolCall(5, "echo"));

        assertThat(answer.body()).contains("\"id\":5").contains("result");
        client.delete();
    }

    @Test
    void operators_see_how_calls_ended() {
        var client = alice().open("2025-11-25");
        var stranger = new McpClient(node.route("open"), "Mcp-Session-Id", "A".repeat(44));
        var answered = Counts.of(node, "answered");
        var denied = Counts.of(node, "denied");
        var cancelled = Counts.of(node, "cancelled");

        client.post(McpClient.toolCall(1, "echo"));
        stranger.post(McpClient.toolCall(1, "echo"));
        upstream.on("tools/call", Script.events(Step.event(NOTE.formatted("one")), Step.hang()));
        try (var stream = client.call(McpClient.toolCall(2, "slow"))) {
            stream.next();
            client.post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":2}}");
            stream.rest();
        }

        Counts.await(node, "answered", answered + 1);
        Counts.await(node, "denied", denied + 1);
        Counts.await(node, "cancelled", cancelled + 1);
        client.delete();
        upstream.on("tools/call", Script.result("{\"content\":[]}"));
    }
}
