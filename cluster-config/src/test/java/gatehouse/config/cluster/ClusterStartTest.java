package gatehouse.config.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.config.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterStartTest {

    /// Seed nodes would cost five seconds of waiting for others; joining itself must not.
    @Test
    void a_node_alone_is_up_without_waiting_for_others(@TempDir Path directory) {
        var kit = ActorTestKit.create(Settings.load(directory).config());
        try {
            var up = ClusterStart.join(
                    kit.system(), new ClusterSettings(Duration.ofSeconds(4), List.of(), Optional.empty()));

            assertThat(up).succeedsWithin(Duration.ofSeconds(5));
            kit.createTestProbe()
                    .awaitAssert(() -> assertThat(
                                    Cluster.get(kit.system()).selfMember().status())
                            .isEqualTo(MemberStatus.up()));
        } finally {
            kit.shutdownTestKit();
        }
    }

    /// A shard judges by the messages it sees, and would put a session to rest whose stream is being read.
    @Test
    void no_shard_decides_what_is_idle(@TempDir Path directory) {
        var strategy = Settings.load(directory).config().getString("pekko.cluster.sharding.passivation.strategy");

        assertThat(strategy).isEqualTo("none");
    }
}
