package gatehouse.session.federation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// A default that moves, moves here too: somebody relies on it.
class FederationSettingsTest {

    @Test
    void joined_routes_are_bounded() {
        assertThat(Federating.settings())
                .isEqualTo(new FederationSettings(
                        new FederationSettings.Lists(Duration.ofSeconds(5), 64, 5000, 16 << 20),
                        new FederationSettings.Pages(500, 1 << 20),
                        new FederationSettings.Caching(
                                Duration.ZERO,
                                Duration.ofMinutes(5),
                                Duration.ofSeconds(5),
                                Duration.ofMinutes(10),
                                10_000,
                                64L << 20),
                        new FederationSettings.Listening(
                                Duration.ofSeconds(1), Duration.ofMillis(100), 64, Duration.ofSeconds(1), 10_000)));
    }
}
