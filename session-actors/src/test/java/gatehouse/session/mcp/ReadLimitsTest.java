package gatehouse.session.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import gatehouse.config.settings.ConfigReader;
import org.junit.jupiter.api.Test;

class ReadLimitsTest {

    @Test
    void what_stands_in_the_reference_is_what_is_meant() {
        var reader = ConfigReader.of(ConfigFactory.defaultReference()).at("gateway.mcp");

        assertThat(ReadLimits.read(reader.at("limits"))).isEqualTo(Samples.LIMITS);
        assertThat(ReadLimits.read(reader.at("upstream-limits"))).isEqualTo(Samples.UPSTREAM_LIMITS);
        assertThat(reader.problems()).isEmpty();
    }

    @Test
    void everything_that_is_wrong_is_told() {
        var config = ConfigFactory.parseString("depth=1, digits=x, text=1 KiB, name=256, document=-1, tokens=200000");
        var reader = ConfigReader.of(config);

        ReadLimits.read(reader);

        assertThat(reader.problems()).hasSize(3);
    }
}
