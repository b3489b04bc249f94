package gatehouse.load.report;

import gatehouse.load.beat.Score;

/// One target in one round: latencies in milliseconds, calls, errors and what the process paid.
///
/// @param cpu CPU milliseconds per call of the process between client and upstream; not a number where unknown
/// @param late how late the machine woke the client itself, at the 99th percentile; not part of the latencies
public record Figures(
        double p50, double p95, double p99, double max, double calls, double errors, double cpu, double late) {

    public static final Figures NONE =
            new Figures(Double.NaN, Double.NaN, Double.NaN, Double.NaN, 0, 0, Double.NaN, Double.NaN);

    public static Figures of(Score score, double cpuMillis) {
        return new Figures(
                score.millisAt(50),
                score.millisAt(95),
                score.millisAt(99),
                score.maxMillis(),
                score.answers(),
                score.errors(),
                score.answers() == 0 ? Double.NaN : cpuMillis / score.answers(),
                score.latenessMillisAt(99));
    }
}
