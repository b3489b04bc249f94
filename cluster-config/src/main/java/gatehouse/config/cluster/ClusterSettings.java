package gatehouse.config.cluster;

import gatehouse.config.settings.ConfigReader;
import java.time.Duration;

/// `gateway.cluster`: how long a node may take to become a member.
public record ClusterSettings(Duration joinWithin) {

    public static ClusterSettings read(ConfigReader at) {
        return new ClusterSettings(at.duration("join-within", Duration.ofSeconds(1), Duration.ofMinutes(5)));
    }
}
