package gatehouse.session.federation;

import gatehouse.config.settings.ConfigReader;
import java.time.Duration;

/// `gateway.federation`: routes that join several upstreams.
public record FederationSettings(Lists lists, Pages pages, Caching caching, Listening listening) {

    /// What is asked of one member for one of its lists.
    ///
    /// @param deadline for all pages together
    /// @param pages that are followed
    /// @param items that are taken
    /// @param bytes of those items together
    public record Lists(Duration deadline, int pages, int items, int bytes) {}

    /// How large a page of a joined list is.
    public record Pages(int items, int bytes) {}

    /// What is remembered of members' answers.
    ///
    /// @param floor the least time an answer is good for, whatever its upstream says
    /// @param ceiling the most
    /// @param retry when a member is asked again that failed
    /// @param stale how long an outdated answer stands in for one that cannot be had
    /// @param entries answers and joined lists that are remembered, each
    /// @param bytes of them together, each
    public record Caching(Duration floor, Duration ceiling, Duration retry, Duration stale, int entries, long bytes) {}

    /// How joined listening behaves.
    ///
    /// @param acknowledge how long members are waited for before a listener is told what it will hear
    /// @param debounce how long changes are gathered
    /// @param buffer messages a listener may lag behind
    /// @param relisten wait before a member's broken stream is opened again; doubled up to 64 times
    /// @param streams that are open to members at once
    public record Listening(Duration acknowledge, Duration debounce, int buffer, Duration relisten, int streams) {}

    private static final Duration MILLI = Duration.ofMillis(1);

    public static FederationSettings read(ConfigReader at) {
        return new FederationSettings(
                lists(at.at("lists")), pages(at.at("pages")), caching(at.at("caching")), listening(at.at("listening")));
    }

    private static Lists lists(ConfigReader at) {
        return new Lists(
                at.duration("deadline", Duration.ofMillis(10), Duration.ofMinutes(1)),
                at.integer("pages", 1, 1000),
                at.integer("items", 1, 100_000),
                (int) at.bytes("bytes", 1024, 256 << 20));
    }

    private static Pages pages(ConfigReader at) {
        return new Pages(at.integer("items", 1, 100_000), (int) at.bytes("bytes", 1024, 64 << 20));
    }

    private static Caching caching(ConfigReader at) {
        var floor = at.duration("floor", Duration.ZERO, Duration.ofMinutes(10));
        var ceiling = at.duration("ceiling", Duration.ZERO, Duration.ofDays(1));
        at.check("ceiling", ceiling.compareTo(floor) >= 0, "is less than the floor");
        return new Caching(
                floor,
                ceiling,
                at.duration("retry", MILLI, Duration.ofMinutes(10)),
                at.duration("stale", Duration.ZERO, Duration.ofDays(1)),
                at.integer("entries", 1, 1_000_000),
                at.bytes("bytes", 1024, 4L << 30));
    }

    private static Listening listening(ConfigReader at) {
        return new Listening(
                at.duration("acknowledge", MILLI, Duration.ofSeconds(30)),
                at.duration("debounce", MILLI, Duration.ofMillis(200)),
                at.integer("buffer", 1, 10_000),
                at.duration("relisten", MILLI, Duration.ofMinutes(1)),
                at.integer("streams", 1, 100_000));
    }
}
