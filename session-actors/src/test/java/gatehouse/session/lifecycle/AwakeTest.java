package gatehouse.session.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.junit.jupiter.api.Test;

class AwakeTest {

    private static final SessionKey KEY = new SessionKey("owner.id");

    private final TestInbox<SessionActor.Command> first = TestInbox.create();
    private final TestInbox<SessionActor.Command> second = TestInbox.create();
    private final Awake awake = new Awake();

    @Test
    void a_session_that_stops_does_not_take_its_successor_away() {
        awake.add(KEY, first.getRef());
        awake.add(KEY, second.getRef());

        awake.remove(KEY, first.getRef());

        assertThat(awake.find(KEY)).contains(second.getRef().narrow());
        assertThat(awake.count()).isEqualTo(1);
    }

    @Test
    void a_session_that_rests_is_neither_found_nor_told_the_time() {
        awake.add(KEY, first.getRef());
        awake.add(new SessionKey("owner.other"), second.getRef());

        awake.remove(KEY, first.getRef());
        awake.tick();

        assertThat(awake.find(KEY)).isEmpty();
        assertThat(first.hasMessages()).isFalse();
        second.expectMessage(new SessionActor.Idle());
    }
}
