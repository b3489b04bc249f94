package gatehouse.session.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DialectTest {

    @ParameterizedTest
    @CsvSource({
        "2024-11-05, 2024-11-05",
        "2025-03-26, 2025-03-26",
        "2025-06-18, 2025-06-18",
        "2025-11-25, 2025-11-25",
        "2026-07-28, 2025-11-25",
        "2024-10-07, 2025-11-25",
        "'', 2025-11-25",
        "2099-01-01, 2025-11-25"
    })
    void initialize_is_answered_with_the_revision_asked_for_or_the_newest_that_has_sessions(
            String asked, String answered) {
        assertThat(Dialect.negotiate(asked).version()).isEqualTo(answered);
    }

    /// Clients of Streamable HTTP hang up when they hear of 2024-11-05, which has none.
    @ParameterizedTest
    @CsvSource({
        "2024-11-05, 2025-11-25, 2025-03-26",
        "2024-11-05, 2024-10-07, 2025-03-26",
        "2024-11-05, 2024-11-05, 2024-11-05",
        "2025-06-18, 2025-11-25, 2025-06-18",
        "2025-11-25, 2024-11-05, 2025-11-25"
    })
    void a_client_is_told_of_a_revision_that_it_can_speak(String settled, String asked, String told) {
        assertThat(Dialect.of(settled).orElseThrow().towards(asked).version()).isEqualTo(told);
    }

    @Test
    void a_revision_is_known_by_its_exact_name() {
        assertThat(Dialect.of("2026-07-28")).contains(Dialect.V2026_07_28);
        assertThat(Dialect.of(" 2026-07-28")).isEmpty();
        assertThat(Dialect.of("DRAFT-2026-v1")).isEmpty();
    }

    @Test
    void only_the_newest_has_no_sessions_and_only_the_one_before_primes_its_streams() {
        assertThat(Dialect.values()).filteredOn(Dialect::modern).containsExactlyElementsOf(Dialect.SUPPORTED_MODERN);
        assertThat(Dialect.values()).filteredOn(Dialect::primes).containsExactly(Dialect.V2025_11_25);
    }
}
