package gatehouse.load.endure;

import gatehouse.load.report.Limit;
import gatehouse.load.report.Table;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/// What was held before, what is held after, and what of it is too much.
public record LeakFound(
        Aborts.Tally tally, SortedMap<String, Long> before, SortedMap<String, Long> after, List<String> leaked) {

    public LeakFound {
        leaked = List.copyOf(leaked);
    }

    public Table table() {
        var table = new Table("counter", "before", "after");
        before.forEach((name, start) ->
                table.row(name, start.toString(), after.containsKey(name) ? String.valueOf(after.get(name)) : "–"));
        return table;
    }

    public List<Limit> limits() {
        return List.of(
                new Limit("counters above their start", leaked.size(), 0),
                new Limit("sessions that went otherwise than planned", tally.surprised(), 0));
    }

    public Map<String, Object> figures() {
        return Map.of(
                "ways",
                tally.ways(),
                "before",
                before,
                "after",
                after,
                "leaked",
                leaked,
                "surprises",
                tally.surprises());
    }
}
