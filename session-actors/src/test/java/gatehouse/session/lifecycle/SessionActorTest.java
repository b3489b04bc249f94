package gatehouse.session.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import gatehouse.config.catalogue.RouteId;
import gatehouse.config.cluster.Footing;
import gatehouse.policy.verdict.Principal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityContext;
import org.apache.pekko.persistence.testkit.PersistenceTestKitDurableStateStorePlugin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// What a session answers to what it is asked twice, and to what comes from those who are no more.
class SessionActorTest {

    private static final ActorTestKit KIT = ActorTestKit.create(PersistenceTestKitDurableStateStorePlugin.config()
            .withFallback(ConfigFactory.parseString("pekko.actor.provider = local"))
            .withFallback(ConfigFactory.load()));
    private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");
    private static final RouteId ROUTE = new RouteId("tools");
    private static final Question QUESTION = new Question("\"ask-1\"", "leg", NOW.plusSeconds(600), "7");

    private final Hand clock = new Hand();
    private final AtomicLong sinceBeat = new AtomicLong();
    private final Footing footing = new Footing(Duration.ofSeconds(4), sinceBeat::get);
    private final TestProbe<ClusterSharding.ShardCommand> shard = KIT.createTestProbe();
    private final TestProbe<Word> asker = KIT.createTestProbe();
    private final TestProbe<Word> other = KIT.createTestProbe();
    private final Session opening = session("own");
    private final SessionPorts ports = ports();
    private final ActorRef<SessionActor.Outer> session = begin();

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    @Test
    void what_is_open_is_not_opened_again() {
        opened();
        session.tell(new SessionActor.Ask("q-1", QUESTION, asker.ref()));
        asker.expectMessage(new Word.Asked("q-1"));

        session.tell(new SessionActor.Open(opening, asker.ref()));

        assertThat(asker.expectMessageClass(Word.Known.class).session().questions())
                .containsOnlyKeys("q-1");
    }

    @Test
    void nobody_opens_the_session_of_another() {
        opened();

        session.tell(new SessionActor.Open(session("another"), asker.ref()));

        asker.expectMessageClass(Word.Unavailable.class);
        session.tell(new SessionActor.Look(asker.ref()));
        asker.expectMessage(new Word.Known(opening));
    }

    @Test
    void what_has_ended_may_be_ended_again_by_the_same_and_by_nobody_else() {
        opened();

        session.tell(new SessionActor.End(ROUTE, false, asker.ref()));
        session.tell(new SessionActor.End(ROUTE, true, asker.ref()));
        session.tell(new SessionActor.End(ROUTE, false, other.ref()));

        asker.expectMessage(new Word.Noted());
        asker.expectMessage(new Word.Noted());
        other.expectMessage(new Word.Unknown());
    }

    @Test
    void what_is_noted_twice_is_kept_once() {
        opened();
        var note = new SessionActor.Note(new Change.Subscribed("file:///a"), asker.ref());

        session.tell(note);
        session.tell(note);

        asker.expectMessage(new Word.Noted());
        asker.expectMessage(new Word.Noted());
        session.tell(new SessionActor.Look(asker.ref()));
        assertThat(asker.expectMessageClass(Word.Known.class).session().subscriptions())
                .containsOnlyKeys("file:///a");
    }

    /// Its session has another incarnation, which knows no calls.
    @Test
    void a_slow_call_hears_what_was_wished_where_it_was_not_known() {
        opened();

        session.tell(new SessionActor.Cancel("7", "\"why\"", asker.ref()));
        asker.expectMessage(new Word.Noted());
        session.tell(new SessionActor.Stay("7", other.ref()));

        other.expectMessage(new Word.Cancelled("\"why\""));
    }

    @Test
    void a_slow_call_hears_that_its_session_has_ended() {
        session.tell(new SessionActor.Stay("7", asker.ref()));

        asker.expectMessage(new Word.Unknown());
    }

    /// It died with its node, and what it had asked keeps the places of others no longer.
    @Test
    void a_call_that_is_not_heard_of_leaves_with_its_questions() {
        opened();
        session.tell(new SessionActor.Enter("7", other.ref()));
        other.expectMessageClass(Word.Entered.class);
        session.tell(new SessionActor.Ask("q-1", QUESTION, asker.ref()));
        asker.expectMessage(new Word.Asked("q-1"));

        clock.now = NOW.plus(ports.settings().lease());
        ports.awake().tick();

        session.tell(new SessionActor.Look(asker.ref()));
        assertThat(asker.expectMessageClass(Word.Known.class).session().questions())
                .isEmpty();
        session.tell(new SessionActor.Enter("7", asker.ref()));
        asker.expectMessageClass(Word.Entered.class);
    }

    @Test
    void a_session_rests_although_a_call_never_left() {
        opened();
        session.tell(new SessionActor.Enter("7", other.ref()));
        other.expectMessageClass(Word.Entered.class);

        clock.now = NOW.plus(ports.settings().lease()).minus(Duration.ofMillis(1));
        ports.awake().tick();
        shard.expectNoMessage(Duration.ofMillis(100));
        clock.now = NOW.plus(ports.settings().lease());
        ports.awake().tick();

        shard.expectMessageClass(ClusterSharding.Passivate.class);
    }

    /// Another node may have it by now.
    @Test
    void a_session_on_a_node_that_stood_still_for_too_long_says_nothing_of_itself_and_writes_nothing() {
        opened();
        sinceBeat.set(Long.MAX_VALUE / 2);

        session.tell(new SessionActor.Enter("1", asker.ref()));
        session.tell(new SessionActor.End(ROUTE, true, asker.ref()));
        session.tell(new SessionActor.Open(opening, asker.ref()));

        asker.expectMessage(new Word.Unavailable("session"));
        asker.expectMessage(new Word.Unavailable("session"));
        asker.expectMessage(new Word.Unavailable("session"));
    }

    private void opened() {
        session.tell(new SessionActor.Open(opening, asker.ref()));
        asker.expectMessage(new Word.Known(opening));
    }

    private static Session session(String stream) {
        var opening = new Session.Opening("2025-11-25", "{}", stream, new Leg("leg", "2025-11-25"));
        return Session.opened(Principal.ANONYMOUS, ROUTE, opening, NOW);
    }

    private ActorRef<SessionActor.Outer> begin() {
        try {
            var id = "owner." + UUID.randomUUID();
            return KIT.spawn(SessionActor.init(ports)
                    .createBehavior()
                    .apply(new EntityContext<>(SessionActor.TYPE, id, shard.ref())));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private SessionPorts ports() {
        var made = Entering.sessions(KIT.system(), "gateway.session.passivate = 1 s");
        return new SessionPorts(
                made.settings(),
                made.system(),
                made.outbox(),
                made.directory(),
                made.rows(),
                made.streams(),
                made.ways(),
                clock,
                made.awake(),
                made.neighbours(),
                footing);
    }

    /// A clock that a test sets.
    private static final class Hand extends Clock {
        private volatile Instant now = NOW;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
