package gatehouse.load.report;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.function.ToDoubleFunction;

/// All rounds of a run; in each, every target was measured shortly after the others.
///
/// Differences and ratios are taken within a round and their median over the rounds, so that what drifts on the
/// machine from round to round cancels out.
public record Rounds<F>(List<Map<String, F>> rounds) {

    public Rounds {
        rounds = List.copyOf(rounds);
    }

    public SequencedSet<String> targets() {
        return new LinkedHashSet<>(
                rounds.isEmpty() ? List.of() : rounds.getFirst().keySet());
    }

    public double median(String target, ToDoubleFunction<F> figure) {
        return median(
                rounds.stream().mapToDouble(round -> at(round, target, figure)).toArray());
    }

    public double added(String target, String over, ToDoubleFunction<F> figure) {
        return median(rounds.stream()
                .mapToDouble(round -> at(round, target, figure) - at(round, over, figure))
                .toArray());
    }

    public double ratio(String target, String to, ToDoubleFunction<F> figure) {
        return median(rounds.stream()
                .mapToDouble(round -> at(round, target, figure) / at(round, to, figure))
                .toArray());
    }

    public double worst(String target, ToDoubleFunction<F> figure) {
        return rounds.stream()
                .mapToDouble(round -> at(round, target, figure))
                .max()
                .orElse(Double.NaN);
    }

    public double sum(String target, ToDoubleFunction<F> figure) {
        return rounds.stream().mapToDouble(round -> at(round, target, figure)).sum();
    }

    private double at(Map<String, F> round, String target, ToDoubleFunction<F> figure) {
        var figures = round.get(target);
        return figures == null ? Double.NaN : figure.applyAsDouble(figures);
    }

    /// Of an even number the mean of the middle two; not a number as soon as one value is none.
    static double median(double... values) {
        if (values.length == 0 || Arrays.stream(values).anyMatch(Double::isNaN)) {
            return Double.NaN;
        }
        var sorted = values.clone();
        Arrays.sort(sorted);
        var middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
