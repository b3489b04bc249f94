package gatehouse.session.call;

import gatehouse.config.settings.ConfigReader;
import java.time.Duration;

/// `gateway.call`: how long a call is waited for before it is answered otherwise.
///
/// @param promptAnswer how long an answer may take and still be plain JSON
/// @param resumes how often a broken upstream stream is resumed for one call
/// @param streamLife after which a listening stream ends in good order, for the client to open again
/// @param hops how often a request may pass a gateway
/// @param stateLife how long a sealed `requestState` is good for
public record CallSettings(
        Duration promptAnswer, int resumes, Duration resumeDelay, Duration stateLife, Duration streamLife, int hops) {

    private static final Duration MILLI = Duration.ofMillis(1);

    public static CallSettings read(ConfigReader at) {
        return new CallSettings(
                at.duration("prompt-answer", MILLI, Duration.ofMinutes(1)),
                at.integer("resumes", 0, 100),
                at.duration("resume-delay", MILLI, Duration.ofMinutes(1)),
                at.duration("state-life", Duration.ofSeconds(1), Duration.ofHours(1)),
                at.duration("stream-life", Duration.ofSeconds(1), Duration.ofDays(1)),
                at.integer("hops", 1, 16));
    }
}
