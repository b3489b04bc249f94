package gatehouse.session.lifecycle;

import static gatehouse.session.upstream.Upstreaming.at;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.config.catalogue.Access;
import gatehouse.config.catalogue.Course;
import gatehouse.config.catalogue.Journal;
import gatehouse.config.catalogue.Route;
import gatehouse.config.catalogue.RouteId;
import gatehouse.config.catalogue.UpstreamId;
import gatehouse.policy.verdict.Principal;
import gatehouse.session.call.Answer;
import gatehouse.session.call.Calls;
import gatehouse.session.call.Inbound;
import gatehouse.session.fake.FakeShard;
import gatehouse.session.fake.FakeUpstream;
import gatehouse.session.fake.Script;
import gatehouse.session.fake.Step;
import gatehouse.session.mcp.Id;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Refusal;
import gatehouse.session.upstream.Upstreaming;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// How a call enters its session and leaves it again, by either way, seen from the session.
class EnteringTest {

    private static final ActorTestKit KIT = Upstreaming.kit();
    private static final RouteId ROUTE = new RouteId("tools");
    private static final String SOON = "gateway.session.silence = 100 ms";

    private final TestProbe<SessionActor.Command> here = KIT.createTestProbe();
    private final TestProbe<SessionActor.Command> byShard = KIT.createTestProbe();
    private final SessionIds ids = new SessionIds(new byte[32]);
    private final String id = ids.mint();
    private SessionRows rows = key -> CompletableFuture.failedFuture(new IllegalStateException("the store is away"));

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    /// Straight, its leaving would overtake the entrance that is still on its way, and the session would keep a
    /// call
    /// that is no more.
    @Test
    void a_call_that_entered_by_the_shard_leaves_by_the_shard() {
        try (var upstream = FakeUpstream.legacy()) {
            var answer = call(upstream, "20 ms");

            here.expectMessageClass(SessionActor.Enter.class);
            var again = byShard.expectMessageClass(SessionActor.Enter.class);
            again.replyTo().tell(new Word.Entered(session(new RouteId("elsewhere"))));

            assertThat(byShard.expectMessageClass(SessionActor.Leave.class))
                    .isEqualTo(new SessionActor.Leave("7", again.replyTo()));
            here.expectNoMessage();
            assertThat(got(answer)).isInstanceOf(Answer.Refused.class);
        }
    }

    @Test
    void a_call_has_left_when_its_answer_is_there() {
        try (var upstream = FakeUpstream.legacy().on("tools/call", Script.result("{\"content\":[]}"))) {
            var answer = call(upstream, "5 s");
            var told = answer.thenAccept(given -> here.ref()
                    .tell(new SessionActor.Cancel("7", "", KIT.system().ignoreRef())));

            here.expectMessageClass(SessionActor.Enter.class).replyTo().tell(new Word.Entered(session(ROUTE)));

            assertThat(got(answer)).isInstanceOf(Answer.Single.class);
            got(told);
            here.expectMessageClass(SessionActor.Leave.class);
            here.expectMessageClass(SessionActor.Cancel.class);
            here.expectNoMessage();
        }
    }

    /// It asked twice, and the session answers whoever asks.
    @Test
    void a_call_that_is_told_twice_that_it_entered_is_sent_once() {
        var gate = new CompletableFuture<Void>();
        var sent = new AtomicInteger();
        try (var upstream = FakeUpstream.legacy()) {
            upstream.on("tools/call", arrival -> {
                sent.incrementAndGet();
                return List.of(
                        Step.await(gate),
                        Script.result("{\"content\":[]}").answer(arrival).getFirst());
            });
            var answer = call(upstream, "20 ms");
            here.expectMessageClass(SessionActor.Enter.class);
            var again = byShard.expectMessageClass(SessionActor.Enter.class);

            again.replyTo().tell(new Word.Entered(session(ROUTE)));
            again.replyTo().tell(new Word.Entered(session(ROUTE)));
            gate.complete(null);

            assertThat(got(answer)).isNotInstanceOf(Answer.Refused.class);
            byShard.expectMessageClass(SessionActor.Leave.class);
            assertThat(sent).hasValue(1);
        }
    }

    @Test
    void a_call_has_left_when_the_last_of_its_stream_is_there() {
        try (var upstream = FakeUpstream.legacy()) {
            upstream.on(
                    "tools/call",
                    Script.eventsOf(arrival -> List.of(
                            Step.event("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{}}"),
                            Step.event(Script.resultOf(arrival, "{\"content\":[]}")),
                            Step.end())));
            var answer = call(upstream, "5 s");
            here.expectMessageClass(SessionActor.Enter.class).replyTo().tell(new Word.Entered(session(ROUTE)));

            var streamed = (Answer.Streamed) got(answer);
            var read = streamed.messages()
                    .runForeach(
                            sent -> here.ref()
                                    .tell(new SessionActor.Cancel(
                                            sent.message().utf8String(),
                                            "",
                                            KIT.system().ignoreRef())),
                            KIT.system())
                    .toCompletableFuture();
            got(read);

            assertThat(toldUntilResult()).contains("left").endsWith("result");
            here.expectNoMessage();
        }
    }

    /// It is at its new node by then, and has heard all that it was asked.
    @Test
    void a_call_whose_session_says_nothing_goes_on_with_its_row_and_is_sent_once() {
        var gate = new CompletableFuture<Void>();
        var sent = new AtomicInteger();
        var arrived = new CompletableFuture<Void>();
        rows = key -> CompletableFuture.completedFuture(Optional.of(session(ROUTE)));
        try (var upstream = FakeUpstream.legacy()) {
            upstream.on("tools/call", arrival -> {
                sent.incrementAndGet();
                arrived.complete(null);
                return List.of(
                        Step.await(gate),
                        Script.result("{\"content\":[]}").answer(arrival).getFirst());
            });
            var answer = call(upstream, "20 ms", SOON);
            here.expectMessageClass(SessionActor.Enter.class);
            var again = byShard.expectMessageClass(SessionActor.Enter.class);

            got(arrived);
            again.replyTo().tell(new Word.Entered(session(ROUTE)));
            again.replyTo().tell(new Word.Entered(session(ROUTE)));
            gate.complete(null);

            assertThat(got(answer)).isNotInstanceOf(Answer.Refused.class);
            assertThat(byShard.expectMessageClass(SessionActor.Leave.class))
                    .isEqualTo(new SessionActor.Leave("7", again.replyTo()));
            assertThat(sent).hasValue(1);
        }
    }

    @Test
    void a_call_whose_session_is_not_stored_either_is_refused_as_unknown() {
        rows = key -> CompletableFuture.completedFuture(Optional.empty());
        try (var upstream = FakeUpstream.legacy()) {
            assertThat(refusal(call(upstream, "20 ms", SOON)).status()).isEqualTo(404);
            assertThat(upstream.arrivals()).isEmpty();
        }
    }

    @Test
    void a_stored_session_of_another_route_is_refused_as_unknown() {
        rows = key -> CompletableFuture.completedFuture(Optional.of(session(new RouteId("elsewhere"))));
        try (var upstream = FakeUpstream.legacy()) {
            assertThat(refusal(call(upstream, "20 ms", SOON)).status()).isEqualTo(404);
            assertThat(upstream.arrivals()).isEmpty();
        }
    }

    @Test
    void a_call_waits_for_its_session_where_the_store_is_away() {
        var asked = new CompletableFuture<Void>();
        rows = key -> {
            asked.complete(null);
            throw new IllegalStateException("the store is away");
        };
        try (var upstream = FakeUpstream.legacy().on("tools/call", Script.result("{\"content\":[]}"))) {
            var answer = call(upstream, "20 ms", SOON);
            got(asked);

            byShard.expectMessageClass(SessionActor.Enter.class).replyTo().tell(new Word.Entered(session(ROUTE)));

            assertThat(got(answer)).isNotInstanceOf(Answer.Refused.class);
        }
    }

    @Test
    void a_call_is_refused_for_now_where_neither_session_nor_store_are_there() {
        try (var upstream = FakeUpstream.legacy()) {
            var answer = call(upstream, "20 ms", SOON, "gateway.session.ask = 300 ms");

            assertThat(refusal(answer).status()).isEqualTo(503);
            byShard.expectMessageClass(SessionActor.Enter.class);
            byShard.expectMessageClass(SessionActor.Leave.class);
        }
    }

    /// A session that lets calls wait for a moment says so to who asks again.
    @Test
    void the_row_of_a_session_that_says_to_wait_is_not_read() {
        var read = new AtomicInteger();
        rows = key -> {
            read.incrementAndGet();
            return CompletableFuture.completedFuture(Optional.of(session(ROUTE)));
        };
        try (var upstream = FakeUpstream.legacy().on("tools/call", Script.result("{\"content\":[]}"))) {
            var answer = call(upstream, "20 ms", "gateway.session.silence = 600 ms", "gateway.session.again = 500 ms");
            var again = byShard.expectMessageClass(SessionActor.Enter.class);
            again.replyTo().tell(new Word.Noted());
            byShard.expectMessageClass(SessionActor.Enter.class);
            byShard.expectMessageClass(SessionActor.Enter.class);
            again.replyTo().tell(new Word.Entered(session(ROUTE)));

            assertThat(got(answer)).isNotInstanceOf(Answer.Refused.class);
            assertThat(read).hasValue(0);
        }
    }

    private static Refusal refusal(CompletableFuture<Answer> answer) {
        return ((Answer.Refused) got(answer)).refusal();
    }

    private List<String> toldUntilResult() {
        var told = new ArrayList<String>();
        while (!told.contains("result")) {
            told.add(
                    switch (here.receiveMessage()) {
                        case SessionActor.Leave leave -> "left";
                        case SessionActor.Cancel(var message, var reason, var replyTo) ->
                            message.contains("result") ? "result" : "note";
                        case SessionActor.Command other -> other.toString();
                    });
        }
        return told;
    }

    private CompletableFuture<Answer> call(FakeUpstream upstream, String promptAnswer, String... settings) {
        var sessions = Entering.reading(Entering.sessions(KIT.system(), settings), rows);
        sessions.awake().add(ids.key(Principal.ANONYMOUS, id).orElseThrow(), here.ref());
        var ports = Entering.calls(
                sessions, new FakeShard(byShard.ref()), ids, "gateway.call.prompt-answer = " + promptAnswer);
        var answer = new CompletableFuture<Answer>();
        KIT.spawn(Calls.create(ports)).tell(new Calls.Carry(inbound(upstream), answer));
        return answer;
    }

    private Inbound inbound(FakeUpstream upstream) {
        var route = Route.to(
                ROUTE,
                new UpstreamId("tools"),
                new Access(true, Set.of(), Set.of()),
                Set.of(),
                Journal.MEMORY,
                1 << 20);
        return new Inbound(
                Principal.ANONYMOUS,
                route,
                Course.to(at(upstream.url())),
                Message.request(new Id.Number(7), "tools/call", "{\"name\":\"echo\"}"),
                id,
                "2025-11-25",
                List.of(),
                name -> List.of(),
                new CompletableFuture<Done>(),
                false);
    }

    private static Session session(RouteId route) {
        var opening = new Session.Opening("2025-11-25", "{}", "own", new Leg("", "2025-11-25"));
        return Session.opened(Principal.ANONYMOUS, route, opening, Instant.now());
    }

    private static <T> T got(CompletableFuture<T> future) {
        return future.orTimeout(5, TimeUnit.SECONDS).join();
    }
}
