package gatehouse.session.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import gatehouse.config.settings.ConfigReader;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SessionSettingsTest {

    /// A default that moves, moves here too: the death of a node is survived within what is waited for.
    @Test
    void a_session_is_waited_for_and_asked_again_and_calls_hold_a_lease() {
        var settings =
                SessionSettings.read(ConfigReader.of(ConfigFactory.load()).at("gateway.session"));

        assertThat(settings.ask()).isEqualTo(Duration.ofSeconds(12));
        assertThat(settings.again()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.silence()).isEqualTo(Duration.ofMillis(400));
        assertThat(settings.lease()).isEqualTo(Duration.ofSeconds(30));
    }
}
