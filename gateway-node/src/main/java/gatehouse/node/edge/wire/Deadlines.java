package gatehouse.node.edge.wire;

import gatehouse.config.settings.ConfigReader;
import java.time.Duration;

/// How long a client may take over each thing it does on a connection.
///
/// @param head a request's head, from its first byte
/// @param body its body, from the end of the head
/// @param grace how long a body may trickle before `rate`, in bytes per second, is demanded of it
/// @param idle no request at all
/// @param stall not taking a byte of what is written to it
/// @param linger after our last byte, to read it and close
public record Deadlines(
        Duration head, Duration body, Duration grace, long rate, Duration idle, Duration stall, Duration linger) {

    public static Deadlines read(ConfigReader at) {
        return new Deadlines(
                brief(at, "head-deadline"),
                brief(at, "body-deadline"),
                brief(at, "body-grace"),
                at.bytes("body-rate", 1, 1L << 30),
                brief(at, "idle-timeout"),
                brief(at, "write-stall"),
                brief(at, "linger"));
    }

    private static Duration brief(ConfigReader at, String key) {
        return at.duration(key, Duration.ofMillis(10), Duration.ofHours(1));
    }

    /// How long a client may have kept us waiting, all in all, for a body of which this much is here.
    long patience(long received) {
        var slowest = grace.toNanos() + (long) (received * 1e9 / rate);
        return Math.min(body.toNanos(), slowest);
    }
}
