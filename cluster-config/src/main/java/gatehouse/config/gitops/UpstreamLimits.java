package gatehouse.config.gitops;

import gatehouse.config.settings.ConfigReader;
import gatehouse.config.settings.Range;
import java.time.Duration;

/// What the gateway may spend on an upstream whose document names no limit of its own.
public record UpstreamLimits(int calls, int streams, Duration connect, Duration deadline, Duration quiet) {

    static final Range<Integer> CALLS = new Range<>(1, 10_000);
    static final Range<Integer> STREAMS = new Range<>(1, 100_000);
    static final Range<Duration> CONNECT = new Range<>(Duration.ofMillis(10), Duration.ofMinutes(1));
    static final Range<Duration> DEADLINE = new Range<>(Duration.ofMillis(100), Duration.ofHours(1));
    static final Range<Duration> QUIET = new Range<>(Duration.ofSeconds(1), Duration.ofHours(24));

    static UpstreamLimits read(ConfigReader at) {
        return new UpstreamLimits(
                at.integer("calls", CALLS.least(), CALLS.most()),
                at.integer("streams", STREAMS.least(), STREAMS.most()),
                at.duration("connect", CONNECT.least(), CONNECT.most()),
                at.duration("deadline", DEADLINE.least(), DEADLINE.most()),
                at.duration("quiet", QUIET.least(), QUIET.most()));
    }

    /// What a document says, and the rest from here.
    UpstreamLimits with(Section limits) {
        var changed = new UpstreamLimits(
                limits.value("calls").integer(CALLS, calls),
                limits.value("streams").integer(STREAMS, streams),
                limits.value("connect").duration(CONNECT, connect),
                limits.value("deadline").duration(DEADLINE, deadline),
                limits.value("quiet").duration(QUIET, quiet));
        limits.finish();
        return changed;
    }
}
