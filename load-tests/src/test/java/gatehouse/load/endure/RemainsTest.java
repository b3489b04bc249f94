package gatehouse.load.endure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RemainsTest {
    private final Remains remains =
            new Remains(new TreeMap<>(Map.of("sessions", 0L, "descriptors", 40L)), Map.of("descriptors", 32L));

    @Test
    void what_is_back_at_its_start_or_within_its_allowance_is_no_leak() {
        assertThat(remains.of(new TreeMap<>(Map.of("sessions", 0L, "descriptors", 72L))))
                .isEmpty();
    }

    @Test
    void each_counter_above_its_allowance_is_named_with_its_figures() {
        assertThat(remains.of(new TreeMap<>(Map.of("sessions", 1L, "descriptors", 73L))))
                .containsExactly("descriptors is 73, was 40, may be 72", "sessions is 1, was 0, may be 0");
    }

    @Test
    void a_counter_that_vanishes_does_not_pass_for_zero() {
        assertThat(remains.of(new TreeMap<>(Map.of("descriptors", 40L))))
                .containsExactly("sessions is not counted any more");
    }

    @Test
    void the_node_s_whole_numbers_are_its_counters() throws IOException {
        assertThat(Health.read("{\"status\":\"up\",\"sessions\":3,\"streams\":0,\"load\":0.5,\"catalogue\":7}"))
                .isEqualTo(Map.of("sessions", 3L, "streams", 0L));
    }
}
