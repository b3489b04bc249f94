package gatehouse.session.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.config.cluster.Neighbours;
import gatehouse.session.lifecycle.Readers.Entrance;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReadersTest {

    private final Set<String> gone = new HashSet<>();
    private final Readers readers = new Readers(new Neighbours() {
        @Override
        public String here() {
            return "0000001";
        }

        @Override
        public Whereabouts of(String name) {
            return gone.contains(name) ? Whereabouts.GONE : Whereabouts.THERE;
        }
    });
    private final Reader one = new Reader("0000001one");
    private final Reader other = new Reader("0000002other");

    @Test
    void one_reads_at_a_time_unless_the_other_resumes() {
        readers.enter(one);

        assertThat(readers.judge(other, false)).isEqualTo(Entrance.OCCUPIED);
        assertThat(readers.judge(other, true)).isEqualTo(Entrance.GRANTED);
    }

    /// The answer to the first time may have been lost.
    @Test
    void who_reads_may_ask_again() {
        readers.enter(one);

        assertThat(readers.judge(one, false)).isEqualTo(Entrance.GRANTED);
    }

    @Test
    void a_reader_that_was_replaced_hangs_up_nobody_but_itself() {
        readers.enter(one);
        readers.enter(other);

        assertThat(readers.leave(one)).isFalse();

        assertThat(readers.present()).isTrue();
        assertThat(readers.leave(other)).isTrue();
        assertThat(readers.present()).isFalse();
    }

    /// Its asking was repeated, and one of it took the longer way.
    @Test
    void who_hung_up_does_not_come_back() {
        readers.enter(one);
        readers.leave(one);
        readers.leave(other);

        assertThat(readers.judge(one, false)).isEqualTo(Entrance.DEPARTED);
        assertThat(readers.judge(other, true)).isEqualTo(Entrance.DEPARTED);
    }

    @Test
    void only_the_latest_who_hung_up_are_remembered() {
        readers.leave(one);
        for (var i = 0; i < 8; i++) {
            readers.leave(new Reader("0000001" + i));
        }

        assertThat(readers.judge(one, false)).isEqualTo(Entrance.GRANTED);
    }

    @Test
    void a_reader_that_died_with_its_node_keeps_nobody_away() {
        readers.enter(one);
        gone.add("0000001");

        assertThat(readers.present()).isFalse();
        assertThat(readers.judge(other, false)).isEqualTo(Entrance.GRANTED);
    }

    @Test
    void no_two_readers_have_one_name() {
        var first = Reader.next(Neighbours.none());

        assertThat(Reader.next(Neighbours.none())).isNotEqualTo(first);
        assertThat(first.node()).isEqualTo(Neighbours.none().here());
    }
}
