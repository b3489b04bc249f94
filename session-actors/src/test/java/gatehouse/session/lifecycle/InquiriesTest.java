package gatehouse.session.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.config.catalogue.RouteId;
import gatehouse.policy.verdict.Principal;
import java.time.Instant;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.Test;

class InquiriesTest {

    private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");
    private static final Question QUESTION = new Question("\"ask-1\"", "leg", NOW.plusSeconds(600), "7");
    private static final SessionBounds BOUNDS = new SessionBounds(9, 1, 1000, 1000, 1000);

    private final ActorRef<Word> somebody = TestInbox.<Word>create().getRef();
    private final Session none = Session.opened(
            Principal.ANONYMOUS,
            new RouteId("route"),
            new Session.Opening("2025-11-25", "{}", "stream", new Leg("leg", "2025-11-25")),
            NOW);
    private final Session asked = none.asking("q-1", QUESTION);
    private final Inquiries inquiries = new Inquiries();

    private Inquiry into(Session session, SessionActor.OfQuestion asking, Instant at) {
        return inquiries.into(session, asking, BOUNDS, at);
    }

    private Word answer(String claim, Instant at) {
        return into(asked, new SessionActor.Answer("q-1", claim, somebody), at).word();
    }

    private Inquiry close(String claim, boolean taken) {
        return into(asked, new SessionActor.Close("q-1", claim, taken, somebody), NOW);
    }

    @Test
    void an_answer_is_brought_by_one_who_may_ask_again_where_it_belongs() {
        assertThat(answer("one", NOW)).isEqualTo(new Word.Answering(asked, QUESTION));
        assertThat(answer("one", NOW)).isEqualTo(new Word.Answering(asked, QUESTION));
        assertThat(answer("other", NOW)).isEqualTo(new Word.Noted());
    }

    /// It was on its way, and nobody knows whether it arrived: until then the question stays.
    @Test
    void a_question_is_open_until_its_answer_was_taken() {
        answer("one", NOW);

        var closed = close("one", true);

        assertThat(closed).isEqualTo(new Inquiry(none, new Word.Noted()));
        assertThat(into(none, new SessionActor.Close("q-1", "one", true, somebody), NOW))
                .isEqualTo(closed);
    }

    @Test
    void what_was_not_taken_may_be_answered_again() {
        answer("one", NOW);

        assertThat(close("one", false)).isEqualTo(new Inquiry(asked, new Word.Noted()));
        assertThat(answer("other", NOW)).isInstanceOf(Word.Answering.class);
    }

    @Test
    void who_has_no_claim_cannot_let_it_go() {
        answer("one", NOW);

        close("other", false);

        assertThat(answer("other", NOW)).isEqualTo(new Word.Noted());
    }

    /// Its node died on the way.
    @Test
    void a_claim_is_over_with_its_lease() {
        answer("one", NOW);

        assertThat(answer("other", NOW.plus(Inquiries.LEASE).minusMillis(1))).isEqualTo(new Word.Noted());
        assertThat(answer("other", NOW.plus(Inquiries.LEASE))).isInstanceOf(Word.Answering.class);
    }

    @Test
    void who_takes_a_question_back_twice_hears_twice_which_it_was() {
        var withdraw = new SessionActor.Withdraw("\"ask-1\"", "leg", somebody);

        var first = into(asked, withdraw, NOW);
        var again = into(first.session(), withdraw, NOW);
        var another = into(
                first.session(),
                new SessionActor.Withdraw(
                        "\"ask-1\"", "leg", TestInbox.<Word>create().getRef()),
                NOW);

        assertThat(first).isEqualTo(new Inquiry(none, new Word.Withdrawn("q-1")));
        assertThat(again).isEqualTo(first);
        assertThat(another.word()).isEqualTo(new Word.Noted());
    }
}
