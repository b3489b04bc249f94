package gatehouse.session.crossing.legacy;

import static gatehouse.session.upstream.Upstreaming.got;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.session.crossing.legacy.Hearing.Told;
import gatehouse.session.crossing.legacy.Hearing.Untold;
import gatehouse.session.crossing.legacy.Inputs.Question;
import gatehouse.session.mcp.Id;
import gatehouse.session.mcp.Message;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class HearingTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final WaitingRoom room = new WaitingRoom(3, 2);
    private final List<Question> questions = List.of(
            new Question("form", "elicitation/create", "{\"message\":\"?\"}"),
            new Question("model", "sampling/createMessage", "{}"));
    private final Hearing hearing =
            new Hearing(room, questions, room.take("one", 2).orElseThrow());

    private Id id(int question) {
        return hearing.requests().get(question).id().orElseThrow();
    }

    @Test
    void answers_come_in_any_order_and_go_back_together() {
        var heard = hearing.heard(PATIENCE);

        room.answer(Message.result(id(1), "{\"role\":\"assistant\"}"));
        assertThat(heard).isNotDone();
        room.answer(Message.result(id(0), "{\"action\":\"accept\"}"));

        assertThat(heard)
                .isCompletedWithValue(
                        new Told("{\"form\":{\"action\":\"accept\"},\"model\":{\"role\":\"assistant\"}}"));
        assertThat(room.waiting()).isZero();
    }

    @Test
    void an_error_that_nobody_can_be_told_ends_the_round() {
        var heard = hearing.heard(PATIENCE);

        room.answer(Message.error(id(1), -1, "rejected"));

        assertThat(heard).isCompletedWithValue(new Untold(Trouble.declined("sampling/createMessage")));
        assertThat(room.waiting()).isZero();
    }

    @Test
    void nobody_is_waited_for_forever() {
        assertThat(got(hearing.heard(Duration.ofMillis(1)))).isEqualTo(new Untold(Trouble.unanswered()));
        assertThat(room.waiting()).isZero();
    }

    @Test
    void an_answer_to_another_question_is_nobodys() {
        var heard = hearing.heard(PATIENCE);

        room.answer(Message.result(new Id.Text("guessed"), "{}"));
        room.answer(Message.result(new Id.Number(1), "{}"));

        assertThat(heard).isNotDone();
    }

    @Test
    void the_room_holds_so_many_and_gives_seats_all_or_none() {
        assertThat(room.take("other", 2)).isEmpty();
        assertThat(room.waiting()).isEqualTo(2);

        hearing.leave();
        hearing.leave();

        assertThat(room.waiting()).isZero();
        assertThat(room.take("other", 2)).isPresent();
    }
}
