package gatehouse.session.crossing.modern;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// A default that moves, moves here too: somebody relies on it.
class ModernSettingsTest {

    @Test
    void everything_held_for_modern_clients_is_bounded() {
        assertThat(Facing.settings())
                .isEqualTo(new ModernSettings(
                        new ModernSettings.Legs(
                                Duration.ofMinutes(5), 1000, 10_000, 64, Duration.ofSeconds(10), 256 << 10),
                        new ModernSettings.Parking(
                                Duration.ofMinutes(5), 100, 2000, 16, Duration.ofMillis(20), 16 << 20, 64 << 20),
                        new ModernSettings.Listening(
                                Duration.ofSeconds(1),
                                Duration.ofMillis(100),
                                Duration.ofSeconds(30),
                                Duration.ofSeconds(1),
                                256,
                                1 << 20,
                                1000,
                                10_000,
                                1 << 20),
                        new ModernSettings.Resuming(5, Duration.ofSeconds(1)),
                        new ModernSettings.Freshness(Duration.ofSeconds(30), Duration.ZERO),
                        Duration.ofMillis(100)));
    }
}
