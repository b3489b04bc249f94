package gatehouse.config.cluster;

import gatehouse.config.settings.ConfigReader;
import java.time.Duration;
import java.util.List;

/// `gateway.cluster`: who the others are, and how long a node may take to become a member.
///
/// @param seeds where nodes are that may be up already, as `host:port`; none for a cluster of one's own
public record ClusterSettings(Duration joinWithin, List<String> seeds) {

    private static final String SEED = "(\\[[0-9A-Fa-f:.]+\\]|[A-Za-z0-9._-]+):[0-9]{1,5}";
    private static final List<String> WHEN_APART = List.of("keep-majority", "lease-majority");

    public ClusterSettings {
        seeds = List.copyOf(seeds);
    }

    public static ClusterSettings read(ConfigReader at) {
        var seeds = at.texts("seeds");
        at.check("seeds", seeds.stream().allMatch(seed -> seed.matches(SEED)), "holds what is not host:port");
        at.check("seeds", seeds.isEmpty() || at.integer("port", 0, 65535) > 0, "needs a port of this node: set port");
        at.text("host"); // like port and when-apart it is only checked here: reference.conf hands them to Pekko
        at.check("when-apart", WHEN_APART.contains(at.text("when-apart")), "is none of " + WHEN_APART);
        return new ClusterSettings(at.duration("join-within", Duration.ofSeconds(1), Duration.ofMinutes(5)), seeds);
    }

    /// Whether there may be other nodes.
    public boolean shared() {
        return !seeds.isEmpty();
    }
}
