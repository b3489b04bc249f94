package gatehouse.session.crossing.modern;

import static gatehouse.session.crossing.modern.Facing.call;
import static gatehouse.session.crossing.modern.Facing.post;
import static gatehouse.session.crossing.modern.Facing.raw;
import static gatehouse.session.upstream.Upstreaming.at;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.config.catalogue.AgentId;
import gatehouse.config.catalogue.Catalogue;
import gatehouse.config.catalogue.TenantId;
import gatehouse.config.catalogue.Upstream;
import gatehouse.policy.verdict.Principal;
import gatehouse.session.fake.Dialogue;
import gatehouse.session.fake.FakeUpstream;
import gatehouse.session.fake.Script;
import gatehouse.session.fake.Step;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Place;
import gatehouse.session.upstream.Outbound;
import gatehouse.session.upstream.Peer;
import gatehouse.session.upstream.Reply;
import gatehouse.session.upstream.Upstreaming;
import gatehouse.session.upstream.Upstreams;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// A thousand calls of many principals wait for their clients at once, and each client does as it likes.
class ManyParkedTest {

    private static final ActorTestKit KIT = Upstreaming.kit();
    private static final int CALLS = 1000;
    private static final int PRINCIPALS = 20;

    /// What a client does once it is asked.
    private enum Whim {
        ANSWERS,
        DECLINES,
        ANSWERS_TWICE,
        FORGETS_AN_ANSWER_FIRST,
        IS_ASKED_AGAIN,
        HANGS_UP_IN_MID_ANSWER,
        COMES_TOO_LATE,
        NEVER_COMES
    }

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    @Test
    void each_ends_as_it_should_and_nothing_is_left() {
        var seed = System.nanoTime();
        try (var upstream = FakeUpstream.legacy();
                var upstreams = new Upstreams(
                        KIT.system(),
                        Upstreaming.settings(
                                "gateway.upstream.pool.waiting = 2000", "gateway.upstream.pool.patience = 30 s"))) {
            var dialogue = Dialogue.with(upstream);
            upstream.on("notifications/cancelled", Script.status(202));
            upstream.on("tools/call", arrival -> asks(arrival.body(), dialogue).answer(arrival));
            var faces = new ModernFaces(
                    KIT.system(),
                    upstreams::client,
                    Facing.settings("parking.life = 10 s", "parking.of-principal = 1000", "parking.gather = 0 s"),
                    Instant::now);
            var declared = at(upstream.url(), 64, CALLS + CALLS / PRINCIPALS); // each finds some free beside its own

            everybodyLives(faces, declared, dialogue, seed);

            faces.retain(Catalogue.EMPTY, Instant.now());
            ParkingTest.eventually(() -> faces.legs() == 0 && faces.listeners() == 0);
            ParkingTest.eventually(() -> upstreams.client(declared).inUse() == 0);
            faces.close().join();
        }
    }

    private static void everybodyLives(ModernFaces faces, Upstream declared, Dialogue dialogue, long seed) {
        var random = new Random(seed);
        var clients = IntStream.range(0, CALLS)
                .mapToObj(i -> new Client(
                        faces.of(principal(i % PRINCIPALS), declared),
                        "c" + i,
                        Whim.values()[random.nextInt(Whim.values().length)],
                        random.nextInt(200)))
                .toList();
        var asked = all(clients.stream().map(Client::asked).toList(), seed);
        assertThat(faces.parked()).as("seed " + seed).isEqualTo(CALLS);

        all(
                IntStream.range(0, CALLS)
                        .mapToObj(i -> clients.get(i).acted(asked.get(i)))
                        .toList(),
                seed);
        ParkingTest.eventually(() -> faces.parked() == 0 && dialogue.open() == 0);
        all(
                IntStream.range(0, CALLS)
                        .mapToObj(i -> clients.get(i).late(asked.get(i)))
                        .toList(),
                seed);
    }

    private static <T> List<T> all(List<CompletableFuture<T>> futures, long seed) {
        var whole = CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new));
        assertThat(whole).as("seed " + seed).succeedsWithin(Duration.ofSeconds(60));
        return futures.stream().map(CompletableFuture::join).toList();
    }

    /// The upstream asks once or twice, as the name of the tool says.
    private static Script asks(String call, Dialogue dialogue) {
        return call.contains("\"twice\"")
                ? dialogue.asking(List.of("one", "two"), answers -> String.join(" ", answers))
                : call.contains("\"slow\"")
                        ? Script.eventsOf(arrival -> {
                            var question = dialogue.question("elicitation/create", Dialogue.form("Who?"));
                            return List.of(question.put(), question.awaited(), Step.hang());
                        })
                        : dialogue.asking("elicitation/create", Dialogue.form("Who?"));
    }

    private static Principal principal(int number) {
        return new Principal(new TenantId("crew"), new AgentId("agent-" + number));
    }

    /// One client with one call.
    private record Client(Peer face, String id, Whim whim, int thinks) {

        CompletableFuture<Message> asked() {
            return send(call(id, tool())).toCompletableFuture();
        }

        CompletableFuture<Message> acted(Message asking) {
            return thought(thinks).thenCompose(done -> act(asking)).thenApply(done -> asking);
        }

        CompletableFuture<Message> late(Message asking) {
            if (whim != Whim.COMES_TOO_LATE) {
                return CompletableFuture.completedFuture(asking);
            }
            return answered(asking, "r", "accept")
                    .thenApply(end -> {
                        assertThat(raw(end, Place.ERROR_DATA)).as(id).contains("unknown");
                        return end;
                    })
                    .toCompletableFuture();
        }

        private String tool() {
            return switch (whim) {
                case IS_ASKED_AGAIN -> "twice";
                case HANGS_UP_IN_MID_ANSWER -> "slow";
                case ANSWERS, DECLINES, ANSWERS_TWICE, FORGETS_AN_ANSWER_FIRST, COMES_TOO_LATE, NEVER_COMES -> "once";
            };
        }

        /// Ends in time, or not at all.
        private CompletionStage<?> act(Message asking) {
            return switch (whim) {
                case ANSWERS -> answered(asking, "r", "accept").thenAccept(end -> says(end, "accept"));
                case DECLINES -> answered(asking, "r", "decline").thenAccept(end -> says(end, "decline"));
                case ANSWERS_TWICE -> {
                    var first = answered(asking, "r", "accept");
                    var second = answered(asking, "s", "accept");
                    yield first.thenCombine(second, (one, other) -> {
                        var unknown = List.of(one, other).stream()
                                .filter(end -> raw(end, Place.ERROR_DATA).contains("unknown"))
                                .count();
                        assertThat(unknown).as(id).isOne();
                        return one;
                    });
                }
                case FORGETS_AN_ANSWER_FIRST ->
                    send(retry(asking, "r", "{}"))
                            .thenCompose(again -> answered(again, "s", "accept"))
                            .thenAccept(end -> says(end, "accept"));
                case IS_ASKED_AGAIN ->
                    answered(asking, "r", "accept")
                            .thenCompose(again -> answered(again, "s", "accept"))
                            .thenAccept(end -> says(end, "accept"));
                case HANGS_UP_IN_MID_ANSWER -> {
                    var given = face.send(retry(asking, "r", accepting("question-1", "accept")));
                    yield thought(20).thenAccept(done -> given.cancel(true));
                }
                case COMES_TOO_LATE, NEVER_COMES -> CompletableFuture.completedFuture(asking);
            };
        }

        private CompletionStage<Message> answered(Message asking, String suffix, String action) {
            var key = raw(asking, Place.RESULT_INPUT_REQUESTS).contains("question-2") ? "question-2" : "question-1";
            return send(retry(asking, suffix, accepting(key, action)));
        }

        private static String accepting(String key, String action) {
            return "{\"" + key + "\":{\"action\":\"" + action + "\"}}";
        }

        private Outbound.Post retry(Message asking, String suffix, String responses) {
            var state = asking.text(Place.RESULT_REQUEST_STATE)
                    .orElseThrow(
                            () -> new AssertionError(id + ": " + asking.bytes().utf8String()));
            var members = "\"name\":\"" + tool() + "\",\"arguments\":{},\"requestState\":\"" + state
                    + "\",\"inputResponses\":" + responses;
            var once = post(id + suffix, "tools/call", members);
            return new Outbound.Post(once.message(), once.headers(), Duration.ofSeconds(30));
        }

        private CompletionStage<Message> send(Outbound.Post post) {
            var patient = new Outbound.Post(post.message(), post.headers(), Duration.ofSeconds(30));
            return face.send(patient).thenApply(reply -> {
                if (reply instanceof Reply.Single(var message, var session)) {
                    return message;
                }
                throw new AssertionError(id + " " + whim + ": " + reply);
            });
        }

        private void says(Message end, String word) {
            assertThat(raw(end, Place.RESULT)).as(id + " " + whim).contains(word);
        }

        private static CompletableFuture<Void> thought(int millis) {
            return CompletableFuture.runAsync(
                    () -> {}, CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS));
        }
    }
}
