package gatehouse.session.lifecycle;

import static gatehouse.session.upstream.Upstreaming.got;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.config.catalogue.RouteId;
import gatehouse.policy.verdict.Principal;
import gatehouse.session.fake.FakeShard;
import gatehouse.session.upstream.Upstreaming;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class SessionDoorTest {

    private static final ActorTestKit KIT = Upstreaming.kit();
    private static final SessionKey KEY = new SessionKey("owner.id");
    private final Instant now = Instant.now();

    private final TestProbe<SessionActor.Command> here = KIT.createTestProbe();
    private final TestProbe<SessionActor.Outer> byShard = KIT.createTestProbe();
    private final SessionPorts ports =
            Entering.sessions(KIT.system(), "gateway.session.again = 100 ms", "gateway.session.silence = 100 ms");
    private final SessionDoor door = new SessionDoor(new FakeShard(byShard.ref()), ports);

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    @Test
    void a_session_that_is_awake_here_is_asked_straight() {
        ports.awake().add(KEY, here.ref());

        var answer = door.ask(KEY, SessionActor.Look::new).toCompletableFuture();
        here.expectMessageClass(SessionActor.Look.class).replyTo().tell(new Word.Unknown());

        assertThat(got(answer)).isEqualTo(new Word.Unknown());
    }

    /// It was just leaving this node's memory.
    @Test
    void what_was_not_heard_is_asked_again_by_the_shard_until_it_is() {
        ports.awake().add(KEY, here.ref());

        var answer = door.ask(KEY, SessionActor.Look::new).toCompletableFuture();
        here.expectMessageClass(SessionActor.Look.class);
        byShard.expectMessageClass(SessionActor.Look.class);
        byShard.expectMessageClass(SessionActor.Look.class).replyTo().tell(new Word.Unknown());

        assertThat(got(answer)).isEqualTo(new Word.Unknown());
    }

    /// The answer to what was asked first counts as well.
    @Test
    void an_answer_that_comes_late_is_heard() {
        var answer = door.ask(KEY, SessionActor.Look::new).toCompletableFuture();
        var first = byShard.expectMessageClass(SessionActor.Look.class);
        byShard.expectMessageClass(SessionActor.Look.class);

        first.replyTo().tell(new Word.Noted());

        assertThat(got(answer)).isEqualTo(new Word.Noted());
    }

    @Test
    void a_session_that_ends_is_told_whether_it_may_have_ended_before() {
        var route = new RouteId("tools");
        var answer = door.ask(
                        KEY,
                        replyTo -> new SessionActor.End(route, false, replyTo),
                        replyTo -> new SessionActor.End(route, true, replyTo),
                        Duration.ofSeconds(5))
                .toCompletableFuture();

        var first = byShard.expectMessageClass(SessionActor.End.class);
        var second = byShard.expectMessageClass(SessionActor.End.class);
        second.refuse();

        assertThat(first.again()).isFalse();
        assertThat(got(answer)).isEqualTo(new Word.Noted());
    }

    @Test
    void a_session_that_says_nothing_is_looked_up_in_its_row() {
        var row = session(now);

        assertThat(got(looking(row).look(KEY).toCompletableFuture())).isEqualTo(new Word.Known(row));
    }

    @Test
    void a_session_that_has_no_row_is_unknown() {
        var door = door(key -> CompletableFuture.completedFuture(Optional.empty()));

        assertThat(got(door.look(KEY).toCompletableFuture())).isEqualTo(new Word.Unknown());
    }

    @Test
    void a_row_that_is_older_than_any_session_may_be_is_unknown() {
        var row = session(now.minus(Duration.ofHours(25)));

        assertThat(got(looking(row).stored(KEY).toCompletableFuture())).isEqualTo(new Word.Unknown());
    }

    /// It may have been used since, and not have written so.
    @Test
    void only_the_session_itself_knows_whether_it_was_used_lately() {
        var answer = looking(session(now.minus(Duration.ofHours(1)))).look(KEY).toCompletableFuture();
        for (var i = 0; i < 5; i++) {
            byShard.expectMessageClass(SessionActor.Look.class);
        }
        assertThat(answer).isNotDone();

        byShard.expectMessageClass(SessionActor.Look.class).replyTo().tell(new Word.Unknown());

        assertThat(got(answer)).isEqualTo(new Word.Unknown());
    }

    @Test
    void a_session_is_waited_for_where_the_store_is_away() {
        var answer = door.look(KEY).toCompletableFuture();
        byShard.expectMessageClass(SessionActor.Look.class);
        byShard.expectMessageClass(SessionActor.Look.class);
        var third = byShard.expectMessageClass(SessionActor.Look.class);

        third.replyTo().tell(new Word.Known(session(now)));

        assertThat(got(answer)).isInstanceOf(Word.Known.class);
    }

    private SessionDoor looking(Session row) {
        return door(key -> CompletableFuture.completedFuture(Optional.of(row)));
    }

    private SessionDoor door(SessionRows rows) {
        return new SessionDoor(new FakeShard(byShard.ref()), Entering.reading(ports, rows));
    }

    private static Session session(Instant opened) {
        var opening = new Session.Opening("2025-11-25", "{}", "own", new Leg("", "2025-11-25"));
        return Session.opened(Principal.ANONYMOUS, new RouteId("tools"), opening, opened);
    }

    @Test
    void who_is_never_answered_hears_that() {
        var answer =
                door.ask(KEY, SessionActor.Look::new, Duration.ofMillis(250)).toCompletableFuture();

        assertThat(got(answer)).isEqualTo(new Word.Unavailable("session"));
    }
}
