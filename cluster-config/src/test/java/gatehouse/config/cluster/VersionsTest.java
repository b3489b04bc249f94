package gatehouse.config.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeMap;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.util.ManifestInfo;
import org.junit.jupiter.api.Test;
import scala.jdk.javaapi.CollectionConverters;

class VersionsTest {

    /// Pekko's own check for mixed versions is off because of one module, so it is done here.
    @Test
    void discovery_is_the_only_part_of_pekko_in_another_version() {
        var kit = ActorTestKit.create();
        try {
            var versions = new TreeMap<String, String>();
            CollectionConverters.asJava(
                            ManifestInfo.get(kit.system().classicSystem()).versions())
                    .forEach((module, version) -> versions.put(module, version.version()));

            versions.keySet().removeIf(module -> !module.startsWith("pekko-"));
            assertThat(versions).containsKeys("pekko-actor", "pekko-cluster", "pekko-remote", "pekko-discovery");
            assertThat(versions.remove("pekko-discovery")).isEqualTo("1.2.1");
            assertThat(versions.values()).containsOnly(versions.get("pekko-actor"));
        } finally {
            kit.shutdownTestKit();
        }
    }
}
