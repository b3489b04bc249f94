package gatehouse.session.crossing.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LegacySettingsTest {

    /// A default that moves, moves here too: somebody relies on it.
    @Test
    void the_defaults_are_these() {
        assertThat(Fronting.settings())
                .isEqualTo(new LegacySettings(
                        8,
                        Duration.ofMinutes(10),
                        10_000,
                        1000,
                        Duration.ofMillis(500),
                        Duration.ofSeconds(2),
                        new LegacySettings.Learning(
                                10_000,
                                64 << 20,
                                Duration.ofMinutes(1),
                                Duration.ofHours(1),
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(5),
                                64),
                        new LegacySettings.Tasks(
                                Duration.ofSeconds(1), Duration.ofDays(1), Duration.ofMinutes(5), 1000, 64 << 20)));
    }
}
