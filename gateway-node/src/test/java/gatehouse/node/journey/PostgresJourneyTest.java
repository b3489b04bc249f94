package gatehouse.node.journey;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.policy.verdict.Principal;
import gatehouse.session.fake.FakeUpstream;
import gatehouse.session.fake.Script;
import gatehouse.session.fake.Step;
import gatehouse.session.lifecycle.SessionIds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// A node on PostgreSQL: what it keeps there, and what still works while the database is away.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresJourneyTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Script PROMPT = Script.result("{\"content\":[]}");
    private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}";
    private static final String NOTE = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\","
            + "\"params\":{\"level\":\"info\",\"data\":\"%s\"}}";
    private static final String QUESTION = "{\"jsonrpc\":\"2.0\",\"id\":\"ask-1\",\"method\":\"elicitation/create\","
            + "\"params\":{\"message\":\"sure?\",\"requestedSchema\":{\"type\":\"object\",\"properties\":{}}}}";

    private final FakeUpstream upstream = FakeUpstream.legacy();
    private Path directory;
    private Postgres postgres;
    private LocalNode node;

    @BeforeAll
    void start(@TempDir Path files) {
        directory = files.resolve("node");
        postgres = Postgres.start(files.resolve("database"));
        node = begin();
        awaitNewSessions();
    }

    @BeforeEach
    void nothingSpecial() {
        upstream.on("tools/call", PROMPT);
    }

    @AfterEach
    void bringTheStoreBack() {
        postgres.startAgain();
        awaitNewSessions();
    }

    @AfterAll
    void stop() {
        node.close();
        postgres.close();
        upstream.close();
    }

    private LocalNode begin() {
        return LocalNode.start(
                upstream.url(),
                directory,
                postgres.settings("gateway.storage.connection-timeout = 500 ms", "gateway.session.ask = 2 s"));
    }

    private McpClient alice() {
        return new McpClient(node.route("both"), "Authorization", "Bearer " + node.aliceKey());
    }

    @Test
    void a_session_and_its_stream_survive_the_node_and_leave_nothing_when_they_end() {
        var owner = SessionIds.owner(Principal.ANONYMOUS);
        var rows = "durable_state where tag = '" + owner + "'";
        upstream.on(
                "tools/call",
                Script.eventsOf(arrival -> List.of(
                        Step.event(NOTE.formatted("one")),
                        Step.event(NOTE.formatted("two")),
                        Step.event(Script.resultOf(arrival, "{\"content\":[]}")),
                        Step.end())));
        var client = new McpClient(node.route("open")).open("2025-11-25");
        var seen = client.call(McpClient.toolCall(7, "slow")).rest();

        node.close();
        node = begin();
        client.moveTo(node.route("open"));
        var rest = client.listen("Last-Event-ID", seen.get(1).id()).rest();

        assertThat(seen).hasSize(4);
        assertThat(rest).isEqualTo(seen.subList(2, 4));
        assertThat(rest.getLast().data()).contains("\"id\":7").contains("result");
        assertThat(client.post(LIST).statusCode()).isEqualTo(200);
        assertThat(postgres.count(rows)).isOne();
        assertThat(client.delete().statusCode()).isEqualTo(204);
        Counts.await("sessions", () -> postgres.count(rows), 0);
        Counts.await("entries", () -> postgres.count("outbox where session like '" + owner + "%'"), 0);
    }

    @Test
    void while_the_store_is_away_sessions_live_on_and_new_ones_are_refused() {
        var client = alice().open("2025-11-25");
        postgres.stop();

        var prompt = client.post(McpClient.toolCall(1, "echo"));
        upstream.on(
                "tools/call",
                arrival -> List.of(
                        Step.pause(Duration.ofMillis(400)),
                        PROMPT.answer(arrival).getFirst()));
        var slow = client.post(McpClient.toolCall(2, "slow"));
        var refused = alice().post(McpClient.initialize("2025-11-25"));

        assertThat(prompt.statusCode()).isEqualTo(200);
        assertThat(prompt.body()).contains("\"id\":1").contains("result");
        assertThat(slow.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(slow.body()).contains("\"id\":2").contains("result");
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("out of reach: store").contains("\"id\":\"open\"");

        postgres.startAgain();
        awaitNewSessions();
        try (var stream = client.call(McpClient.toolCall(3, "slow"))) {
            assertThat(stream.type()).startsWith("text/event-stream");
            assertThat(stream.rest().getLast().data()).contains("\"id\":3").contains("result");
        }
        assertThat(client.delete().statusCode()).isEqualTo(204);
    }

    /// Now and then it is written that a session is in use; a session must not end because that fails.
    @Test
    void a_session_that_is_due_to_be_written_goes_on_without(@TempDir Path other) {
        var written = "durable_state where tag = '" + SessionIds.owner(Principal.ANONYMOUS) + "' and revision > 1";
        var settings = postgres.settings(
                "gateway.storage.connection-timeout = 500 ms",
                "gateway.session.ask = 2 s",
                "gateway.session.idle = 12 s");
        try (var hasty = LocalNode.start(upstream.url(), other, settings)) {
            var client = new McpClient(hasty.route("open")).open("2025-11-25");
            postgres.stop();

            for (var until = System.nanoTime() + Duration.ofSeconds(5).toNanos(); System.nanoTime() < until; ) {
                assertThat(client.post(McpClient.toolCall(1, "echo")).statusCode())
                        .isEqualTo(200);
            }

            postgres.startAgain();
            Counts.await("written", () -> client.post(LIST).statusCode() == 200 ? postgres.count(written) : -1, 1);
            assertThat(client.delete().statusCode()).isEqualTo(204);
        }
    }

    @Test
    void a_question_that_cannot_be_asked_is_answered_at_once_and_the_call_goes_on() {
        var client = alice().open("2025-11-25");
        var answered = questionAfter(CompletableFuture.completedFuture(null));
        postgres.stop();

        var answer = client.post(McpClient.toolCall(1, "asking"));

        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.body()).contains("\"id\":1").contains("result");
        assertThat(answered.join()).contains("\"id\":\"ask-1\"").contains("\"error\"");
    }

    @Test
    void a_question_that_cannot_be_remembered_is_answered_too() {
        var client = alice().open("2025-11-25");
        var gate = new CompletableFuture<Void>();
        var answered = questionAfter(gate);

        try (var stream = client.call(McpClient.toolCall(1, "asking"))) {
            assertThat(stream.next().data()).isEmpty();
            assertThat(stream.next().data()).contains("before");
            postgres.stop();
            gate.complete(null);

            assertThat(answered.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                            .join())
                    .contains("\"id\":\"ask-1\"")
                    .contains("\"error\"");
        }
        postgres.startAgain();
        Counts.await("status", () -> client.post(LIST).statusCode(), 200);
    }

    /// The upstream says something, waits for the gate, asks, and goes on when it is answered; what it was
    /// answered.
    private CompletableFuture<String> questionAfter(CompletableFuture<Void> gate) {
        var answered = new CompletableFuture<String>();
        upstream.on("POST", arrival -> {
            answered.complete(arrival.body());
            return Script.status(202).answer(arrival);
        });
        upstream.on(
                "tools/call",
                Script.eventsOf(arrival -> List.of(
                        Step.event(NOTE.formatted("before")),
                        Step.await(gate),
                        Step.event(QUESTION),
                        Step.await(answered),
                        Step.event(Script.resultOf(arrival, "{\"content\":[]}")),
                        Step.end())));
        return answered;
    }

    /// The pool finds out by itself that its database is back.
    private void awaitNewSessions() {
        Counts.await(
                "status", () -> alice().post(McpClient.initialize("2025-11-25")).statusCode(), 200);
    }
}
