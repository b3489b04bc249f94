package gatehouse.session.lifecycle;

import gatehouse.config.settings.ConfigReader;
import java.time.Duration;

/// `gateway.session`: how long sessions and their streams live, and how much they may hold.
public record SessionSettings(
        Duration idle,
        Duration absolute,
        Duration passivate,
        Duration ask,
        Duration again,
        Duration silence,
        Duration lease,
        Duration question,
        SessionBounds bounds,
        Duration linger,
        Duration relisten,
        Duration soonest,
        StreamLog.Bounds stream) {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MOMENT = Duration.ofMillis(100);
    private static final Duration HOUR = Duration.ofHours(1);

    public static SessionSettings read(ConfigReader at) {
        var idle = at.duration("idle", SECOND, Duration.ofDays(30));
        var absolute = at.duration("absolute", SECOND, Duration.ofDays(365));
        at.check("idle", idle.compareTo(absolute) <= 0, "is longer than absolute");
        return new SessionSettings(
                idle,
                absolute,
                at.duration("passivate", MOMENT, HOUR),
                at.duration("ask", MOMENT, Duration.ofMinutes(1)),
                at.duration("again", MOMENT, Duration.ofMinutes(1)),
                at.duration("silence", MOMENT, Duration.ofMinutes(1)),
                at.duration("lease", MOMENT, HOUR),
                at.duration("question", SECOND, HOUR),
                SessionBounds.read(at),
                at.duration("linger", MOMENT, HOUR),
                at.duration("relisten", MOMENT, HOUR),
                at.duration("soonest", Duration.ofMillis(10), HOUR),
                new StreamLog.Bounds(
                        at.integer("stream.entries", 16, 1_000_000),
                        at.bytes("stream.bytes", 65_536, 1L << 32),
                        at.integer("stream.in-memory", 1, 100_000),
                        at.bytes("stream.in-memory-bytes", 0, 1L << 32)));
    }
}
