package gatehouse.session.lifecycle;

import static gatehouse.session.upstream.Upstreaming.at;
import static gatehouse.session.upstream.Upstreaming.got;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.config.catalogue.Access;
import gatehouse.config.catalogue.Course;
import gatehouse.config.catalogue.Journal;
import gatehouse.config.catalogue.Route;
import gatehouse.config.catalogue.RouteId;
import gatehouse.config.catalogue.UpstreamId;
import gatehouse.policy.verdict.Principal;
import gatehouse.session.call.Answer;
import gatehouse.session.call.Errands;
import gatehouse.session.call.Inbound;
import gatehouse.session.fake.FakeShard;
import gatehouse.session.fake.FakeUpstream;
import gatehouse.session.fake.Script;
import gatehouse.session.fake.Step;
import gatehouse.session.mcp.Id;
import gatehouse.session.mcp.Message;
import gatehouse.session.upstream.Upstreaming;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// How a client's answer to a question reaches the upstream, seen from the session.
class AnsweringTest {

    private static final ActorTestKit KIT = Upstreaming.kit();
    private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");
    private static final RouteId ROUTE = new RouteId("tools");
    private static final Session SESSION = Session.opened(
            Principal.ANONYMOUS,
            ROUTE,
            new Session.Opening("2025-11-25", "{}", "own", new Leg("leg", "2025-11-25")),
            NOW);

    private final TestProbe<SessionActor.Outer> session = KIT.createTestProbe();
    private final SessionIds ids = new SessionIds(new byte[32]);

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    @Test
    void a_question_is_closed_once_the_upstream_has_its_answer() {
        try (var upstream = FakeUpstream.start().on("POST", Script.status(202))) {
            var answer = answers(upstream.url());

            var claim = asked("leg");
            var close = session.expectMessageClass(SessionActor.Close.class);
            assertThat(upstream.arrivals()).hasSize(1);
            assertThat(answer).isNotDone();
            close.replyTo().tell(new Word.Noted());

            assertThat(close).isEqualTo(new SessionActor.Close("q-1", claim, true, close.replyTo()));
            assertThat(got(answer)).isInstanceOf(Answer.Accepted.class);
        }
    }

    @Test
    void what_surely_did_not_arrive_may_be_said_again() {
        var upstream = FakeUpstream.start();
        upstream.close();
        var answer = answers(upstream.url());

        var claim = asked("leg");
        var close = session.expectMessageClass(SessionActor.Close.class);
        close.replyTo().tell(new Word.Noted());

        assertThat(close).isEqualTo(new SessionActor.Close("q-1", claim, false, close.replyTo()));
        assertThat(got(answer))
                .isInstanceOfSatisfying(
                        Answer.Refused.class,
                        refused -> assertThat(refused.refusal().status()).isEqualTo(503));
    }

    /// It may have it: nobody is told twice to go on.
    @Test
    void what_may_have_arrived_is_not_said_again() {
        try (var upstream = FakeUpstream.start().on("POST", Script.steps(Step.close()))) {
            var answer = answers(upstream.url());

            asked("leg");
            var close = session.expectMessageClass(SessionActor.Close.class);
            close.replyTo().tell(new Word.Noted());

            assertThat(close.taken()).isTrue();
            assertThat(got(answer)).isInstanceOf(Answer.Accepted.class);
        }
    }

    @Test
    void an_answer_to_a_leg_that_is_gone_goes_nowhere() {
        try (var upstream = FakeUpstream.start().on("POST", Script.status(202))) {
            var answer = answers(upstream.url());

            asked("the leg before");
            var close = session.expectMessageClass(SessionActor.Close.class);
            close.replyTo().tell(new Word.Noted());

            assertThat(close.taken()).isTrue();
            assertThat(got(answer)).isInstanceOf(Answer.Accepted.class);
            assertThat(upstream.arrivals()).isEmpty();
        }
    }

    /// The claim under which it is brought.
    private String asked(String leg) {
        session.expectMessageClass(SessionActor.Look.class).replyTo().tell(new Word.Known(SESSION));
        var claiming = session.expectMessageClass(SessionActor.Answer.class);
        var question = new Question("\"ask-1\"", leg, NOW.plusSeconds(60), "7");
        claiming.replyTo().tell(new Word.Answering(SESSION, question));
        assertThat(claiming.id()).isEqualTo("q-1");
        return claiming.claim();
    }

    private CompletableFuture<Answer> answers(URI upstream) {
        var sessions = Entering.sessions(KIT.system());
        var ports = Entering.calls(sessions, new FakeShard(session.ref()), ids);
        var route = Route.to(
                ROUTE,
                new UpstreamId("tools"),
                new Access(true, Set.of(), Set.of()),
                Set.of(),
                Journal.MEMORY,
                1 << 20);
        var inbound = new Inbound(
                Principal.ANONYMOUS,
                route,
                Course.to(at(upstream)),
                Message.result(new Id.Text("q-1"), "{\"action\":\"decline\"}"),
                ids.mint(),
                "2025-11-25",
                List.of(),
                name -> List.of(),
                new CompletableFuture<Done>(),
                false);
        return new Errands(ports).run(inbound).toCompletableFuture();
    }
}
