package gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.config.catalogue.Journal;
import gatehouse.config.cluster.ClusterSettings;
import gatehouse.config.gitops.CatalogueSettings;
import gatehouse.config.gitops.RouteLimits;
import gatehouse.config.gitops.UpstreamLimits;
import gatehouse.config.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A default that moves, moves here too: somebody relies on it.
class DefaultsTest {

    @TempDir
    Path directory;

    @Test
    void the_catalogue_is_bounded_and_looked_at_every_second() {
        var at = Settings.load(directory).reader();

        assertThat(CatalogueSettings.read(at.at("gateway.catalogue")))
                .isEqualTo(new CatalogueSettings(
                        Duration.ofSeconds(1),
                        new CatalogueSettings.Bounds(5000, 256 * 1024, 8 * 1024 * 1024),
                        new UpstreamLimits(
                                64, 256, Duration.ofSeconds(2), Duration.ofSeconds(60), Duration.ofMinutes(5)),
                        new RouteLimits(4 * 1024 * 1024, Journal.DURABLE)));
        assertThat(ClusterSettings.read(at.at("gateway.cluster")))
                .isEqualTo(new ClusterSettings(Duration.ofSeconds(30), List.of(), Optional.empty()));
        at.verify();
    }

    @Test
    void nothing_listens_beyond_loopback_and_nothing_is_java_serialized() {
        var pekko = Settings.load(directory).config().getConfig("pekko");

        assertThat(pekko.getString("remote.artery.canonical.hostname")).isEqualTo("127.0.0.1");
        assertThat(pekko.getInt("remote.artery.canonical.port")).isZero();
        assertThat(pekko.getBoolean("actor.allow-java-serialization")).isFalse();
        assertThat(pekko.getBoolean("cluster.jmx.enabled")).isFalse();
    }

    @Test
    void the_dispatcher_has_a_thread_per_core_and_short_turns() {
        var dispatcher = Settings.load(directory).config().getConfig("pekko.actor.default-dispatcher");

        assertThat(dispatcher.getInt("throughput")).isEqualTo(16);
        assertThat(dispatcher.getDouble("fork-join-executor.parallelism-factor"))
                .isEqualTo(1.0);
        assertThat(dispatcher.getInt("fork-join-executor.parallelism-min")).isEqualTo(2);
    }
}
