package gatehouse.load.cluster;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/// What clients sent and got: every call with how it ended, every event of every stream, and how long nothing came.
///
/// Events of a session carry numbers without gaps, so that what is lost and what came twice shows at once.
public final class Ledger {

    private static final int MOST_COMPLAINTS = 20;
    private static final long LONGEST_MILLIS = 600_000;

    private final Histogram calls = new Histogram(LONGEST_MILLIS * 1000, 3); // microseconds
    private final Histogram gaps = new Histogram(LONGEST_MILLIS, 3); // milliseconds between two events of a stream
    private final List<String> complaints = new ArrayList<>();
    private long sent;
    private long done;
    private long refused;
    private long unknown;
    private long wrong;
    private long events;
    private long lost;
    private long twice;
    private long sessionsLost;

    /// How a call ended, as its client sees it.
    public enum End {
        DONE,
        /// It was not carried out, and says so: it may be sent again.
        REFUSED,
        /// Nobody knows whether it was carried out: its connection broke, or the answer says so.
        UNKNOWN,
        /// Another answer than the right one.
        WRONG
    }

    public synchronized void sent() {
        sent++;
    }

    public synchronized void ended(End end, long nanos) {
        switch (end) {
            case DONE -> {
                done++;
                calls.recordValue(Math.min(LONGEST_MILLIS, nanos / 1_000_000) * 1000 + nanos / 1000 % 1000);
            }
            case REFUSED -> refused++;
            case UNKNOWN -> unknown++;
            case WRONG -> wrong++;
        }
    }

    /// A number came where another was due. The next one that is due.
    public synchronized long event(long due, long came, long gapMillis) {
        events++;
        gaps.recordValue(Math.clamp(gapMillis, 0, LONGEST_MILLIS));
        if (came < due) {
            twice++;
            complain("event " + came + " came again, " + due + " was due");
            return due;
        }
        if (came > due) {
            lost += came - due;
            complain("events " + due + " to " + (came - 1) + " are lost");
        }
        return came + 1;
    }

    /// A session that lives was said not to exist.
    public synchronized void sessionLost() {
        sessionsLost++;
    }

    public synchronized void complain(String what) {
        if (complaints.size() < MOST_COMPLAINTS) {
            complaints.add(what);
        }
    }

    /// All of it at one moment.
    public record Sum(
            long sent,
            long done,
            long refused,
            long unknown,
            long wrong,
            long events,
            long lost,
            long twice,
            long sessionsLost,
            double callP99Millis,
            double callMaxMillis,
            double gapP99Millis,
            double gapMaxMillis,
            List<String> complaints) {

        /// Calls that have not ended yet, or of which nobody heard again.
        public long open() {
            return sent - done - refused - unknown - wrong;
        }

        /// Whether everybody got everything, once.
        public boolean isWhole() {
            return lost + twice + sessionsLost + wrong == 0;
        }

        public String line() {
            return ("calls %d: done %d, refused %d, unknown %d, wrong %d, open %d | events %d: lost %d, duplicate %d"
                            + " | sessions lost %d | call p99 %.1f max %.1f ms | gap p99 %.0f max %.0f ms")
                    .formatted(
                            sent,
                            done,
                            refused,
                            unknown,
                            wrong,
                            open(),
                            events,
                            lost,
                            twice,
                            sessionsLost,
                            callP99Millis,
                            callMaxMillis,
                            gapP99Millis,
                            gapMaxMillis);
        }
    }

    public synchronized Sum sum() {
        return new Sum(
                sent,
                done,
                refused,
                unknown,
                wrong,
                events,
                lost,
                twice,
                sessionsLost,
                calls.getValueAtPercentile(99) / 1000.0,
                calls.getMaxValue() / 1000.0,
                gaps.getValueAtPercentile(99),
                gaps.getMaxValue(),
                List.copyOf(complaints));
    }

    /// Forgets times, not counts: what a disturbance costs is to be seen alone.
    public synchronized void forgetTimes() {
        calls.reset();
        gaps.reset();
    }
}
