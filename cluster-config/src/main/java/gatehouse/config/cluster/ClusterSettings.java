package gatehouse.config.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import gatehouse.config.settings.ConfigReader;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// `gateway.cluster`: who the others are, and how long a node may take to become a member.
///
/// @param seeds where nodes are that may be up already, as `host:port`; none for a cluster of one's own
/// @param keys by which nodes know each other; none where they speak in plain
public record ClusterSettings(Duration joinWithin, List<String> seeds, Optional<NodeKeys> keys) {

    private static final String SEED = "(\\[[0-9A-Fa-f:.]+\\]|[A-Za-z0-9._-]+):[0-9]{1,5}";
    private static final String LOOPBACK = "localhost|127\\.[0-9.]+|\\[?::1\\]?";
    private static final List<String> WHEN_APART = List.of("keep-majority", "lease-majority");

    public ClusterSettings {
        seeds = List.copyOf(seeds);
    }

    public static ClusterSettings read(ConfigReader at) {
        var seeds = at.texts("seeds");
        at.check("seeds", seeds.stream().allMatch(seed -> seed.matches(SEED)), "holds what is not host:port");
        at.check("seeds", seeds.isEmpty() || at.integer("port", 0, 65535) > 0, "needs a port of this node: set port");
        at.check("when-apart", WHEN_APART.contains(at.text("when-apart")), "is none of " + WHEN_APART);
        var host = at.text("host"); // like port and when-apart it is only checked here: reference.conf hands them on
        var keys = NodeKeys.read(at);
        at.check(
                "tls",
                keys.isPresent() || at.flag("plain") || host.matches(LOOPBACK),
                "is missing: whoever reaches " + host + " could be a node. Name key, certificate and authority,"
                        + " or say plain = true if that network is trusted entirely");
        return new ClusterSettings(
                at.duration("join-within", Duration.ofSeconds(1), Duration.ofMinutes(5)), seeds, keys);
    }

    /// Whether there may be other nodes.
    public boolean shared() {
        return !seeds.isEmpty();
    }

    /// What the actor system needs to be told beside its settings.
    public Config transport() {
        return keys.map(NodeKeys::transport).orElseGet(ConfigFactory::empty);
    }
}
