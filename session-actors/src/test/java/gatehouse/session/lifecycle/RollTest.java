package gatehouse.session.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.junit.jupiter.api.Test;

class RollTest {

    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");
    private static final Instant OVER = NOW.plus(LEASE);
    private static final Instant JUST_NOT_OVER = OVER.minusMillis(1);

    private final TestInbox<Word> one = TestInbox.create();
    private final TestInbox<Word> other = TestInbox.create();
    private final Roll roll = new Roll(LEASE);

    @Test
    void an_id_in_use_is_refused_to_another_call() {
        roll.enter("1", one.getRef(), NOW);

        assertThat(roll.enter("1", other.getRef(), NOW)).isEqualTo(Roll.Entrance.TAKEN);
        assertThat(roll.enter("2", other.getRef(), NOW)).isEqualTo(Roll.Entrance.ENTERED);
    }

    /// What it was told before may have been lost.
    @Test
    void a_call_that_asks_again_is_told_again_and_has_entered_once() {
        roll.enter("1", one.getRef(), NOW);

        assertThat(roll.enter("1", one.getRef(), NOW)).isEqualTo(Roll.Entrance.ENTERED);

        assertThat(roll.leave("1", other.getRef())).isFalse();
        assertThat(roll.leave("1", one.getRef())).isTrue();
        assertThat(roll.isEmpty(NOW)).isTrue();
    }

    @Test
    void a_call_that_left_hears_nothing_of_being_cancelled() {
        roll.enter("1", one.getRef(), NOW);
        roll.enter("2", other.getRef(), NOW);
        roll.leave("1", one.getRef());

        roll.cancelAll();

        assertThat(one.hasMessages()).isFalse();
        other.expectMessage(new Word.Cancelled(""));
    }

    /// It died with its node, or its leaving was lost.
    @Test
    void a_call_that_is_not_heard_of_keeps_its_place_for_one_lease() {
        roll.enter("1", one.getRef(), NOW);

        assertThat(roll.enter("1", other.getRef(), JUST_NOT_OVER)).isEqualTo(Roll.Entrance.TAKEN);
        assertThat(roll.isEmpty(JUST_NOT_OVER)).isFalse();
        assertThat(roll.lapse(JUST_NOT_OVER)).isEmpty();

        assertThat(roll.isEmpty(OVER)).isTrue();
        assertThat(roll.enter("1", other.getRef(), OVER)).isEqualTo(Roll.Entrance.ENTERED);
    }

    @Test
    void a_call_that_stays_keeps_its_place() {
        roll.enter("1", one.getRef(), NOW);

        roll.stay("1", one.getRef(), JUST_NOT_OVER);

        assertThat(roll.enter("1", other.getRef(), OVER)).isEqualTo(Roll.Entrance.TAKEN);
        assertThat(roll.lapse(OVER)).isEmpty();
        assertThat(roll.lapse(JUST_NOT_OVER.plus(LEASE))).containsExactly("1");
        assertThat(roll.lapse(JUST_NOT_OVER.plus(LEASE))).isEmpty();
    }

    /// The session was moved, and begins with an empty roll.
    @Test
    void a_call_that_stays_comes_onto_a_roll_that_does_not_know_it() {
        roll.stay("1", one.getRef(), NOW);

        assertThat(roll.enter("1", other.getRef(), NOW)).isEqualTo(Roll.Entrance.TAKEN);
        roll.cancelAll();
        one.expectMessage(new Word.Cancelled(""));
    }

    @Test
    void a_call_whose_id_another_has_by_now_does_not_take_it_back() {
        roll.enter("1", one.getRef(), NOW);
        roll.enter("1", other.getRef(), OVER);

        roll.stay("1", one.getRef(), OVER);

        assertThat(roll.leave("1", other.getRef())).isTrue();
        assertThat(roll.isEmpty(OVER)).isTrue();
    }

    @Test
    void a_wish_is_told_again_until_it_is_heard() {
        roll.enter("1", one.getRef(), NOW);

        roll.cancel("1", "\"why\"", NOW);
        roll.stay("1", one.getRef(), NOW.plusSeconds(10));
        roll.enter("1", one.getRef(), NOW.plusSeconds(11));

        assertThat(one.getAllReceived())
                .containsExactly(
                        new Word.Cancelled("\"why\""), new Word.Cancelled("\"why\""), new Word.Cancelled("\"why\""));
    }

    @Test
    void a_wish_for_a_call_that_is_not_here_waits_for_it_one_lease() {
        roll.cancel("1", "", NOW);
        roll.cancel("2", "", NOW);

        roll.stay("1", one.getRef(), JUST_NOT_OVER);
        roll.stay("2", other.getRef(), OVER);

        one.expectMessage(new Word.Cancelled(""));
        assertThat(other.hasMessages()).isFalse();
    }

    /// The answer to the first crossed the wish to have it back; the client may use its id again.
    @Test
    void a_wish_does_not_meet_the_next_call_of_that_id() {
        roll.cancel("1", "", NOW);
        roll.enter("1", one.getRef(), NOW);
        roll.cancel("2", "", NOW);
        roll.enter("2", other.getRef(), NOW);

        roll.stay("1", one.getRef(), NOW);
        roll.stay("2", other.getRef(), NOW);

        assertThat(one.hasMessages()).isFalse();
        assertThat(other.hasMessages()).isFalse();
    }

    /// Whoever takes back what it never asked for fills nothing.
    @Test
    void only_so_many_wishes_are_kept_and_none_that_is_long() {
        roll.cancel("first", "", NOW);
        for (var i = 0; i < 64; i++) {
            roll.cancel("id-" + i, "", NOW);
        }
        var longId = "x".repeat(257);
        roll.cancel(longId, "", NOW);
        roll.cancel("id-7", "y".repeat(257), NOW);

        roll.stay("first", one.getRef(), NOW);
        roll.stay(longId, one.getRef(), NOW);
        assertThat(one.hasMessages()).isFalse();

        roll.stay("id-7", one.getRef(), NOW);
        one.expectMessage(new Word.Cancelled(""));
    }
}
