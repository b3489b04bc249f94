package gatehouse.load.beat;

import java.time.Duration;

/// When calls are sent.
public sealed interface Rhythm {

    Duration length();

    /// Open model: so many calls a second whether or not earlier ones are answered.
    record Open(int rate, Duration length) implements Rhythm {
        long calls() {
            return rate * length.toMillis() / 1000;
        }

        long dueNanos(long n) {
            return n * 1_000_000_000L / rate;
        }
    }

    /// Closed model: each line sends its next call as soon as the last is answered.
    record Closed(Duration length) implements Rhythm {}
}
