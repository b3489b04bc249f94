package gatehouse.session.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.config.catalogue.RouteId;
import gatehouse.policy.verdict.Principal;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class InquiryTest {

    private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");
    private static final Question QUESTION = new Question("\"ask-1\"", "leg", NOW.plusSeconds(60), "7");

    private static final SessionBounds ONE = new SessionBounds(1, 1, 1000, 1000, 1000);

    private final Session session = Session.opened(
            Principal.ANONYMOUS,
            new RouteId("route"),
            new Session.Opening("2025-11-25", "{}", "stream", new Leg("leg", "2025-11-25")),
            NOW);

    @Test
    void a_question_is_remembered_until_it_is_answered() {
        var asked = Inquiry.ask(session, "q-1", QUESTION, ONE, NOW);

        assertThat(asked.word()).isEqualTo(new Word.Asked("q-1"));
        assertThat(Inquiry.answer(asked.session(), "q-1", NOW))
                .isEqualTo(new Inquiry(asked.session(), new Word.Answering(asked.session(), QUESTION)));
        var closed = Inquiry.close(asked.session(), "q-1");
        assertThat(closed).isEqualTo(new Inquiry(session, new Word.Noted()));
        assertThat(Inquiry.close(closed.session(), "q-1")).isEqualTo(closed);
        assertThat(Inquiry.answer(closed.session(), "q-1", NOW)).isEqualTo(closed);
    }

    @Test
    void one_too_many_changes_nothing() {
        var asked = session.asking("q-1", QUESTION);

        assertThat(Inquiry.ask(asked, "q-2", QUESTION, ONE, NOW)).isEqualTo(new Inquiry(asked, new Word.Overasked()));
    }

    @Test
    void one_too_long_changes_nothing() {
        var question = new Question("\"" + "x".repeat(128) + "\"", "leg", NOW.plusSeconds(60), "7");
        var narrow = new SessionBounds(9, 1, 64, 64, 128);

        assertThat(Inquiry.ask(session, "q-2", question, narrow, NOW))
                .isEqualTo(new Inquiry(session, new Word.Overasked()));
    }

    /// A call that asked and was answered without would keep the places of others for as long as a person may
    /// think.
    @Test
    void questions_leave_with_the_call_that_led_to_them() {
        var ofAnother = new Question("\"ask-2\"", "leg", NOW.plusSeconds(60), "8");
        var asked = session.asking("q-1", QUESTION).asking("q-2", ofAnother);

        assertThat(asked.settled("7").questions()).containsOnlyKeys("q-2");
        assertThat(asked.settled("9")).isSameAs(asked);
        assertThat(Inquiry.ask(session.asking("q-1", QUESTION).settled("7"), "q-3", ofAnother, ONE, NOW)
                        .word())
                .isEqualTo(new Word.Asked("q-3"));
    }

    @Test
    void nobody_answers_after_its_time() {
        var asked = session.asking("q-1", QUESTION);

        assertThat(Inquiry.answer(asked, "q-1", NOW.plusSeconds(61)).word()).isEqualTo(new Word.Noted());
        assertThat(Inquiry.ask(asked, "q-2", QUESTION, ONE, NOW.plusSeconds(61)).word())
                .isEqualTo(new Word.Asked("q-2"));
    }

    @Test
    void an_upstream_takes_back_what_it_asked_and_nothing_else() {
        var asked = session.asking("q-1", QUESTION);

        assertThat(Inquiry.withdraw(asked, "\"ask-1\"", "leg"))
                .isEqualTo(new Inquiry(session, new Word.Withdrawn("q-1")));
        assertThat(Inquiry.withdraw(asked, "\"ask-1\"", "another")).isEqualTo(new Inquiry(asked, new Word.Noted()));
        assertThat(Inquiry.withdraw(asked, "\"ask-2\"", "leg")).isEqualTo(new Inquiry(asked, new Word.Noted()));
    }
}
