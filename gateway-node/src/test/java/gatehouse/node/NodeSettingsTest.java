package gatehouse.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gatehouse.config.settings.BadConfig;
import gatehouse.config.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeSettingsTest {

    /// It would be refused with 429 for ever, however idle the node.
    @Test
    void the_largest_body_must_find_room(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("node.conf"), "gateway.policy.crowd.bytes-of-agent = 1 MiB\n");

        assertThatThrownBy(() -> NodeSettings.read(Settings.load(directory)))
                .isInstanceOf(BadConfig.class)
                .hasMessageContaining("gateway.policy.crowd.bytes-of-agent")
                .hasMessageContaining("has no room for the largest body");
    }

    @Test
    void the_streams_of_routes_without_a_journal_take_an_eighth_of_a_small_node(@TempDir Path directory) {
        var own = NodeSettings.read(Settings.load(directory)).own();

        assertThat(own.memoryStreams()).isEqualTo(10_000);
        assertThat(own.memoryBytes()).isEqualTo(64 << 20);
    }

    @Test
    void several_nodes_need_a_port_and_a_store_that_all_share(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("node.conf"), "gateway.cluster.seeds = [\"a:2551\", \"b\"]\n");

        assertThatThrownBy(() -> NodeSettings.read(Settings.load(directory)))
                .isInstanceOf(BadConfig.class)
                .hasMessageContaining("gateway.cluster.seeds")
                .hasMessageContaining("holds what is not host:port")
                .hasMessageContaining("set port")
                .hasMessageContaining("must begin with jdbc:postgresql:");
    }

    @Test
    void nodes_do_not_speak_in_plain_beyond_this_machine_unless_told_to(@TempDir Path directory) throws IOException {
        var conf = directory.resolve("node.conf");
        Files.writeString(conf, "gateway.cluster.host = \"10.0.0.1\"\n");
        assertThatThrownBy(() -> NodeSettings.read(Settings.load(directory)))
                .hasMessageContaining("whoever reaches 10.0.0.1 could be a node");

        Files.writeString(conf, "gateway.cluster { host = \"10.0.0.1\", plain = true }\n");
        assertThat(NodeSettings.read(Settings.load(directory)).cluster().keys()).isEmpty();

        Files.writeString(conf, "gateway.cluster.tls { key = \"" + conf + "\", certificate = \"/no/such.pem\" }\n");
        assertThatThrownBy(() -> NodeSettings.read(Settings.load(directory)))
                .hasMessageContaining("needs all of key, certificate and authority")
                .hasMessageContaining("names /no/such.pem, which cannot be read");
    }

    @Test
    void several_nodes_make_no_secret_of_their_own(@TempDir Path directory) {
        assertThatThrownBy(() -> NodeSecret.sharedIn(directory.resolve("secret")))
                .hasMessageContaining("share one secret")
                .hasMessageContaining("openssl rand -hex 32");
        assertThat(directory.resolve("secret")).doesNotExist();
    }

    @Test
    void what_an_agent_may_hold_must_be_held_by_the_node(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("node.conf"), "gateway.policy.crowd.bytes-of-node = 8 MiB\n");

        assertThatThrownBy(() -> NodeSettings.read(Settings.load(directory)))
                .isInstanceOf(BadConfig.class)
                .hasMessageContaining("is more than bytes-of-node");
    }
}
