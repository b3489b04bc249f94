package gatehouse.policy.rate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class SeldomTest {

    private static final String ONE = "one";
    private static final String OTHER = "other";

    private Instant now = Instant.parse("2026-11-21T00:00:00Z");
    private final Seldom<String> lines = new Seldom<>(() -> now);

    @Test
    void the_first_is_said_and_those_soon_after_are_counted() {
        assertThat(lines.worthSaying(ONE)).contains(0);
        assertThat(lines.worthSaying(ONE)).isEmpty();
        assertThat(lines.worthSaying(ONE)).isEmpty();

        now = now.plusSeconds(10);

        assertThat(lines.worthSaying(ONE)).contains(2);
        assertThat(lines.worthSaying(ONE)).isEmpty();
    }

    @Test
    void things_are_heard_of_each_by_itself() {
        assertThat(lines.worthSaying(ONE)).contains(0);

        assertThat(lines.worthSaying(OTHER)).contains(0);
    }

    @Test
    void however_many_there_are_not_all_are_remembered() {
        lines.worthSaying(ONE);
        for (var i = 0; i < 5_000; i++) {
            lines.worthSaying("u" + i);
        }

        assertThat(lines.remembered()).isLessThanOrEqualTo(4_096);
    }
}
