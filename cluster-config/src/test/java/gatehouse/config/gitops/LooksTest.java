package gatehouse.config.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LooksTest {

    @Test
    void an_edit_is_judged_once_two_looks_agree() {
        var looks = Looks.NONE.after("a");

        assertThat(Looks.NONE.judges("a")).isFalse();
        assertThat(looks.judges("a")).isTrue();
        assertThat(looks.judges("b")).isFalse();
    }

    @Test
    void what_was_judged_is_not_judged_again() {
        var looks = Looks.NONE.after("a").after("a");

        assertThat(looks.judges("a")).isFalse();
    }

    @Test
    void what_is_half_written_is_never_judged() {
        var looks = Looks.NONE.after("a").after("a").after("half");

        assertThat(looks.judges("whole")).isFalse();
        assertThat(looks.after("whole").judges("whole")).isTrue();
    }

    @Test
    void going_back_to_what_was_before_a_bad_edit_is_judged_again() {
        var looks =
                Looks.NONE.after("good").after("good").after("bad").after("bad").after("good");

        assertThat(looks.judges("good")).isTrue();
    }
}
