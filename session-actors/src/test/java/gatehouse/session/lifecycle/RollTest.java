package gatehouse.session.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.junit.jupiter.api.Test;

class RollTest {

    private final TestInbox<Word> one = TestInbox.create();
    private final TestInbox<Word> other = TestInbox.create();
    private final Roll roll = new Roll();

    @Test
    void an_id_in_use_is_refused_to_another_call() {
        roll.enter("1", one.getRef());

        assertThat(roll.enter("1", other.getRef())).isEqualTo(Roll.Entrance.TAKEN);
        assertThat(roll.enter("2", other.getRef())).isEqualTo(Roll.Entrance.ENTERED);
    }

    /// What it was told before may have been lost.
    @Test
    void a_call_that_asks_again_is_told_again_and_has_entered_once() {
        roll.enter("1", one.getRef());

        assertThat(roll.enter("1", one.getRef())).isEqualTo(Roll.Entrance.ENTERED);

        assertThat(roll.leave("1", other.getRef())).isFalse();
        assertThat(roll.leave("1", one.getRef())).isTrue();
        assertThat(roll.isEmpty()).isTrue();
    }

    @Test
    void a_call_that_left_hears_nothing_of_being_cancelled() {
        roll.enter("1", one.getRef());
        roll.enter("2", other.getRef());
        roll.leave("1", one.getRef());

        roll.cancelAll();

        assertThat(one.hasMessages()).isFalse();
        other.expectMessage(new Word.Cancelled(""));
    }
}
