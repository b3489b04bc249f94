package gatehouse.session.crossing.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.session.mcp.Message;
import org.junit.jupiter.api.Test;

class WaitingRoomTest {

    private final WaitingRoom room = new WaitingRoom(5, 3);

    @Test
    void one_agent_leaves_seats_for_others() {
        assertThat(room.take("greedy", 2)).isPresent();
        assertThat(room.take("greedy", 2)).isEmpty();
        assertThat(room.take("greedy", 1)).isPresent();
        assertThat(room.take("greedy", 1)).isEmpty();

        assertThat(room.take("other", 2)).isPresent();
        assertThat(room.take("third", 1)).isEmpty();
        assertThat(room.waiting()).isEqualTo(5);
    }

    @Test
    void whoever_gets_none_holds_none() {
        assertThat(room.take("greedy", 4)).isEmpty();

        assertThat(room.waiting()).isZero();
    }

    @Test
    void a_seat_is_free_again_once_it_was_answered_or_left() {
        var seats = room.take("a", 3).orElseThrow();

        room.answer(Message.result(seats.getFirst().id(), "{}"));
        room.leave(seats);

        assertThat(seats.getFirst().answer()).isCompleted();
        assertThat(room.waiting()).isZero();
        assertThat(room.take("a", 3)).isPresent();
    }
}
