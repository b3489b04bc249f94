package gatehouse.policy.rate;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// How often something is worth a line for operators: about each thing one in ten seconds, however often it happens.
public final class Seldom<K> {

    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final int MOST = 4096; // things remembered; more are forgotten and may be heard again at once

    private final InstantSource clock;
    private final Map<K, Last> heard = new HashMap<>();

    /// The last line about a thing, and how many were left unsaid since.
    private record Last(Instant said, int unsaid) {}

    public Seldom(InstantSource clock) {
        this.clock = clock;
    }

    /// How many lines were left unsaid since the last one, where it is time for another.
    public synchronized Optional<Integer> worthSaying(K about) {
        var now = clock.instant();
        var last = Optional.ofNullable(heard.get(about));
        if (last.filter(line -> now.isBefore(line.said().plus(PAUSE))).isPresent()) {
            heard.compute(about, (same, line) -> new Last(line.said(), line.unsaid() + 1));
            return Optional.empty();
        }
        if (heard.size() >= MOST) {
            heard.clear();
        }
        heard.put(about, new Last(now, 0));
        return Optional.of(last.map(Last::unsaid).orElse(0));
    }

    synchronized int remembered() {
        return heard.size();
    }
}
