package gatehouse.node.journey;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.session.fake.FakeUpstream;
import gatehouse.session.fake.Script;
import gatehouse.session.fake.Step;
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
        Counts.await("status", () -> client.post(McpClient.toolCall(2, "asking")).statusCode(), 200);
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
