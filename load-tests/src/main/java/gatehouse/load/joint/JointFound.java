package gatehouse.load.joint;

import gatehouse.load.report.Figures;
import gatehouse.load.report.Limit;
import gatehouse.load.report.Table;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// What a joined list cost: to be made, to be held, to be given again.
public record JointFound(
        int members, int toolsOfEach, ToolWalk.Walked cold, ToolWalk.Walked warm, List<Figures> rounds) {

    private static final double MOST_MILLIS = 5;

    public JointFound {
        rounds = List.copyOf(rounds);
    }

    public Table table() {
        var table = new Table("walk", "tools", "pages", "KiB", "ms", "live heap KiB added");
        List.of(cold, warm)
                .forEach(walk -> table.row(
                        walk.name(),
                        Table.count(walk.tools()),
                        Table.count(walk.pages()),
                        Table.count(walk.bytes() / 1024.0),
                        Table.number(walk.millis()),
                        Table.count(walk.live() / 1024.0)));
        table.row(
                "at a rate: p50 " + Table.number(median(Figures::p50)) + " ms, p95 "
                        + Table.number(median(Figures::p95)) + " ms, p99 " + Table.number(median(Figures::p99))
                        + " ms, CPU " + Table.number(median(Figures::cpu)) + " ms/list",
                "",
                "",
                "",
                "",
                "");
        return table;
    }

    /// The limit on warm lists is meant for the ordinary case; larger ones are printed.
    public List<Limit> limits() {
        var missing =
                new Limit("tools missing", (double) members * toolsOfEach - Math.min(cold.tools(), warm.tools()), 0);
        var errors =
                new Limit("errors", rounds.stream().mapToDouble(Figures::errors).sum(), 0);
        return members * toolsOfEach > 200
                ? List.of(missing, errors)
                : List.of(missing, errors, new Limit("ms of a warm list at p99", median(Figures::p99), MOST_MILLIS));
    }

    public Map<String, Object> figures() {
        return Map.of("cold", cold, "warm", warm, "rounds", rounds);
    }

    private double median(ToDoubleFunction<Figures> figure) {
        var sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
