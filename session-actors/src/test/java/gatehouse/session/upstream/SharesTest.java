package gatehouse.session.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SharesTest {

    private final Shares shares = new Shares(4, 1);

    @Test
    void calls_are_taken_up_to_their_number() {
        for (int i = 0; i < 4; i++) {
            assertThat(shares.take(Share.CALL)).isTrue();
        }

        assertThat(shares.take(Share.CALL)).isFalse();
    }

    @Test
    void a_call_that_becomes_a_stream_makes_room_for_a_call() {
        fill();

        assertThat(shares.turnedStream(true)).isEqualTo(Share.STREAM);
        assertThat(shares.take(Share.CALL)).isTrue();
    }

    @Test
    void streams_never_take_more_than_half_of_the_calls() {
        fill();

        assertThat(shares.turnedStream(true)).isEqualTo(Share.STREAM);
        assertThat(shares.turnedStream(true)).isEqualTo(Share.LODGER);
        assertThat(shares.turnedStream(true)).isEqualTo(Share.LODGER);
        assertThat(shares.turnedStream(true)).isEqualTo(Share.CALL);
    }

    @Test
    void a_lodger_takes_the_place_of_a_call() {
        fill();
        shares.turnedStream(true);
        shares.turnedStream(true);

        assertThat(shares.take(Share.CALL)).isTrue();
        assertThat(shares.take(Share.CALL)).isFalse();
        shares.give(Share.LODGER);
        assertThat(shares.take(Share.CALL)).isTrue();
    }

    @Test
    void giving_back_what_was_not_taken_is_a_bug() {
        assertThatThrownBy(() -> shares.give(Share.STREAM)).isInstanceOf(IllegalStateException.class);
    }

    private void fill() {
        for (int i = 0; i < 4; i++) {
            shares.take(Share.CALL);
        }
    }
}
