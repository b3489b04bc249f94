package gatehouse.session.crossing.legacy;

import gatehouse.config.settings.ConfigReader;
import gatehouse.session.mcp.Seal;
import java.time.Duration;

/// `gateway.crossing.legacy`: what the gateway does for a client with a session at an upstream without.
///
/// @param rounds of questions that one call may have
/// @param answer how long the client's answers to one round are waited for
/// @param waiting questions of this node that wait for an answer
/// @param waitingOfAgent those of one agent among them
/// @param retry how long to wait before a call is repeated that the upstream put off; doubled each time
/// @param acknowledge how long an upstream may take to say what it will notify of
public record LegacySettings(
        int rounds,
        Duration answer,
        int waiting,
        int waitingOfAgent,
        Duration retry,
        Duration acknowledge,
        Learning learning,
        Tasks tasks) {

    /// Calls that are carried out while their client does something else.
    ///
    /// @param poll how long to wait between two questions whether a task is done, where the upstream does not say
    /// @param life how long the name of a task is good for
    /// @param kept how long the result of a task is kept that the upstream did not make one of
    /// @param finished results kept so
    /// @param bytes of all of them
    public record Tasks(Duration poll, Duration life, Duration kept, int finished, long bytes) {}

    /// What is learnt of an upstream by asking, and kept for a while.
    ///
    /// @param entries kept, one per upstream and principal
    /// @param bytes of all that is kept
    /// @param least how long at least, however short the upstream says it holds
    /// @param most how long at most
    /// @param failed how long a failure is kept
    /// @param doubted how long what was learnt is not doubted again
    /// @param timeout of one question
    /// @param pages of one list
    public record Learning(
            int entries,
            long bytes,
            Duration least,
            Duration most,
            Duration failed,
            Duration doubted,
            Duration timeout,
            int pages) {}

    /// As much as one upstream can make itself known by.
    private static final long LARGEST = 32L << 20;

    private static final Duration MILLISECOND = Duration.ofMillis(1);

    public static LegacySettings read(ConfigReader at) {
        return new LegacySettings(
                at.integer("rounds", 1, 100),
                at.duration("answer", MILLISECOND, Duration.ofHours(1)),
                at.integer("waiting", 1, 1_000_000),
                at.integer("waiting-of-agent", 1, 1_000_000),
                at.duration("retry", MILLISECOND, Duration.ofMinutes(1)),
                at.duration("acknowledge", MILLISECOND, Duration.ofMinutes(1)),
                learning(at.at("learning")),
                tasks(at.at("tasks")));
    }

    private static Tasks tasks(ConfigReader at) {
        return new Tasks(
                at.duration("poll", MILLISECOND, Duration.ofMinutes(1)),
                at.duration("life", MILLISECOND, Seal.LONGEST_LIFE),
                at.duration("kept", MILLISECOND, Duration.ofHours(1)),
                at.integer("finished", 1, 1_000_000),
                at.bytes("bytes", 1024, 1L << 32));
    }

    private static Learning learning(ConfigReader at) {
        var least = at.duration("least", MILLISECOND, Duration.ofDays(1));
        var most = at.duration("most", MILLISECOND, Duration.ofDays(1));
        at.check("least", least.compareTo(most) <= 0, "is longer than most");
        return new Learning(
                at.integer("entries", 1, 1_000_000),
                at.bytes("bytes", LARGEST, 1L << 32),
                least,
                most,
                at.duration("failed", MILLISECOND, Duration.ofHours(1)),
                at.duration("doubted", MILLISECOND, Duration.ofHours(1)),
                at.duration("timeout", MILLISECOND, Duration.ofMinutes(1)),
                at.integer("pages", 1, 10_000));
    }
}
