package gatehouse.config.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {

    @Test
    void a_letter_dropped_added_replaced_or_swapped_is_a_slip() {
        var known = List.of("other", "echo");

        assertThat(List.of("ech", "echoo", "ecko", "ehco"))
                .allSatisfy(slip -> assertThat(Nearest.hint(slip, known)).isEqualTo("; did you mean \"echo\"?"));
    }

    @Test
    void another_word_is_no_slip() {
        assertThat(Nearest.hint("limit", List.of("echo", "poll"))).isEmpty();
        assertThat(Nearest.hint("ab", List.of("cd"))).isEmpty();
        assertThat(Nearest.hint("x".repeat(100_000), List.of("x".repeat(100_001))))
                .isEmpty();
    }
}
