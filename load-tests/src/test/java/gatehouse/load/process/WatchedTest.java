package gatehouse.load.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WatchedTest {
    private static final String STAT =
            "42 (C2 (odd) Thre-12) S 1 42 42 0 -1 4194560 100 0 0 0 150 25 0 0 20 0 30 0 1000 1 1";

    @Test
    void cpu_is_counted_behind_a_name_with_blanks_and_brackets() {
        assertThat(Watched.cpuOf(STAT)).isEqualTo(1750);
    }

    @Test
    void threads_that_differ_by_a_number_have_one_name() {
        assertThat(Watched.nameOf(STAT)).isEqualTo("C2 (odd) Thre");
    }

    @Test
    void this_very_process_can_be_watched() {
        var self = new Watched(ProcessHandle.current().pid());

        assertThat(self.known()).isTrue();
        assertThat(self.cpuMillis()).isPositive();
        assertThat(self.threads()).isGreaterThan(1);
        assertThat(self.descriptors()).isGreaterThan(1);
        assertThat(self.residentKib()).isPositive();
    }

    @Test
    void an_unknown_process_has_no_figure_instead_of_a_wrong_one() {
        assertThat(Watched.UNKNOWN.known()).isFalse();
        assertThat(Watched.UNKNOWN.cpuMillis()).isNaN();
    }
}
