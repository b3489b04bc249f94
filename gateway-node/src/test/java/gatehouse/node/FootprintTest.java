package gatehouse.node;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.config.settings.Settings;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FootprintTest {

    private Footprint defaults;

    @BeforeEach
    void read(@TempDir Path directory) {
        defaults = Footprint.of(NodeSettings.read(Settings.load(directory)));
    }

    @Test
    void the_defaults_fit_a_node_of_one_gibibyte() {
        assertThat(defaults.warning(1L << 30)).isEmpty();
    }

    @Test
    void a_smaller_node_is_told_what_to_lower() {
        assertThat(defaults.warning(256L << 20))
                .contains("the heap has 256 MiB", "-Xmx")
                .contains("gateway.policy.crowd.bytes-of-node", "gateway.federation.caching.bytes");
    }
}
