package gatehouse.load.beat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/// What a beat counted: latencies in nanoseconds, and what went wrong.
///
/// Not shared between threads: each keeps its own, and they are added up at the end.
public final class Score {

    private static final long LONGEST = 60_000_000_000L;
    private static final int MOST_COMPLAINTS = 5;

    private final Histogram latency = new Histogram(LONGEST, 3);
    private final Histogram lateness = new Histogram(LONGEST, 3);
    private final List<String> complaints = new ArrayList<>();
    private long errors;

    void answered(long nanos) {
        latency.recordValue(Math.clamp(nanos, 0, LONGEST));
    }

    /// How late the machine woke a line that was free and waiting: the noise of the measurement itself.
    void sentLate(long nanos) {
        lateness.recordValue(Math.clamp(nanos, 0, LONGEST));
    }

    void failed(String complaint) {
        errors++;
        if (complaints.size() < MOST_COMPLAINTS) {
            complaints.add(complaint);
        }
    }

    void add(Score other) {
        latency.add(other.latency);
        lateness.add(other.lateness);
        errors += other.errors;
        other.complaints.stream().limit(MOST_COMPLAINTS - complaints.size()).forEach(complaints::add);
    }

    public long answers() {
        return latency.getTotalCount();
    }

    public long errors() {
        return errors;
    }

    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    public double millisAt(double percentile) {
        return latency.getValueAtPercentile(percentile) / 1e6;
    }

    public Peak peak(Duration length) {
        var perSecond = answers() * 1000.0 / length.toMillis();
        return new Peak(perSecond, millisAt(50), millisAt(99), (double) errors, Double.NaN);
    }

    public double maxMillis() {
        return latency.getMaxValue() / 1e6;
    }

    public double latenessMillisAt(double percentile) {
        return lateness.getValueAtPercentile(percentile) / 1e6;
    }
}
