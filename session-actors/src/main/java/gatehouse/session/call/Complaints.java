package gatehouse.session.call;

import gatehouse.config.catalogue.UpstreamId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells operators which upstream fails its callers and how, in our words: one line per upstream now and then, however
/// many calls fail. Nothing of a call is in it.
final class Complaints {

    private static final Logger LOG = LoggerFactory.getLogger(Complaints.class);
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final int MOST = 4096; // upstreams remembered; more are forgotten and may be heard again at once

    private final InstantSource clock;
    private final Map<UpstreamId, Last> heard = new HashMap<>();

    /// The last line about an upstream, and how many were left unsaid since.
    private record Last(Instant said, int unsaid) {}

    Complaints(InstantSource clock) {
        this.clock = clock;
    }

    void about(UpstreamId upstream, String reason) {
        worthSaying(upstream)
                .ifPresent(unsaid -> LOG.atWarn()
                        .addKeyValue("upstream", upstream)
                        .addKeyValue("unsaid", unsaid)
                        .log("an upstream failed its caller: {}", reason));
    }

    /// How many complaints were left unsaid since the last line, where it is time for another.
    synchronized Optional<Integer> worthSaying(UpstreamId upstream) {
        var now = clock.instant();
        var last = Optional.ofNullable(heard.get(upstream));
        if (last.filter(line -> now.isBefore(line.said().plus(PAUSE))).isPresent()) {
            heard.compute(upstream, (same, line) -> new Last(line.said(), line.unsaid() + 1));
            return Optional.empty();
        }
        if (heard.size() >= MOST) {
            heard.clear();
        }
        heard.put(upstream, new Last(now, 0));
        return Optional.of(last.map(Last::unsaid).orElse(0));
    }

    synchronized int remembered() {
        return heard.size();
    }
}
