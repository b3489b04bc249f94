package gatehouse.config.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.config.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterStartTest {

    @Test
    void a_node_is_up_within_a_moment_and_alone(@TempDir Path directory) throws Exception {
        var kit = ActorTestKit.create(Settings.load(directory).config());
        try {
            var started = System.nanoTime();
            ClusterStart.join(kit.system(), new ClusterSettings(Duration.ofSeconds(10)))
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
            var took = Duration.ofNanos(System.nanoTime() - started);

            var member = Cluster.get(kit.system()).selfMember();
            assertThat(took).isLessThan(Duration.ofSeconds(1));
            assertThat(member.status()).isEqualTo(MemberStatus.up());
            assertThat(member.address().getHost()).contains("127.0.0.1");
        } finally {
            kit.shutdownTestKit();
        }
    }
}
