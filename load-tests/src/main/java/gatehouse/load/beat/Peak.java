package gatehouse.load.beat;

/// The most a target gave when asked by as many lines as fit: calls a second, latencies in milliseconds.
///
/// @param cpu CPU milliseconds per call of the process between client and upstream; not a number where unknown
public record Peak(double perSecond, double p50, double p99, double errors, double cpu) {

    public static final Peak NONE = new Peak(Double.NaN, Double.NaN, Double.NaN, 0, Double.NaN);

    public Peak costing(double cpuMillis, double seconds) {
        return new Peak(perSecond, p50, p99, errors, cpuMillis / (perSecond * seconds));
    }
}
