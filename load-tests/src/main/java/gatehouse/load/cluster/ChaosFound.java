package gatehouse.load.cluster;

import gatehouse.load.report.Limit;
import gatehouse.load.report.Table;
import java.util.List;
import java.util.function.ToLongFunction;

/// The ledger of a chaos run.
///
/// @param before what each node held when it began, and `after` when all was over
public record ChaosFound(List<Row> rows, Ledger.Sum sum, List<Held> before, List<Held> after) {

    public ChaosFound {
        rows = List.copyOf(rows);
        before = List.copyOf(before);
        after = List.copyOf(after);
    }

    /// One fault: the ledger before it and when it was over; the times are of its own calls and events.
    public record Row(String fault, double seconds, Ledger.Sum before, Ledger.Sum after) {

        private void into(Table table) {
            table.row(
                    fault,
                    Table.number(seconds),
                    count(Ledger.Sum::done),
                    count(Ledger.Sum::refused),
                    count(Ledger.Sum::unknown),
                    count(Ledger.Sum::wrong),
                    count(Ledger.Sum::events),
                    count(Ledger.Sum::lost),
                    count(Ledger.Sum::twice),
                    count(Ledger.Sum::sessionsLost),
                    Table.number(after.callP99Millis()),
                    Table.number(after.callMaxMillis()),
                    Table.number(after.gapP99Millis()),
                    Table.number(after.gapMaxMillis()));
        }

        private String count(ToLongFunction<Ledger.Sum> what) {
            return Table.count((double) (what.applyAsLong(after) - what.applyAsLong(before)));
        }

        String line() {
            return "%d calls done, %d refused, %d unknown; %d events, lost %d, duplicate %d; call p99 %.0f ms, gap p99 %.0f, max %.0f ms"
                    .formatted(
                            after.done() - before.done(),
                            after.refused() - before.refused(),
                            after.unknown() - before.unknown(),
                            after.events() - before.events(),
                            after.lost() - before.lost(),
                            after.twice() - before.twice(),
                            after.callP99Millis(),
                            after.gapP99Millis(),
                            after.gapMaxMillis());
        }
    }

    /// What a process holds.
    public record Held(long residentMib, long descriptors, long threads) {

        String line() {
            return residentMib + " MiB resident, " + descriptors + " descriptors, " + threads + " threads";
        }
    }

    public Table table() {
        var table = new Table(
                "what happened",
                "seconds",
                "done",
                "refused",
                "unknown",
                "wrong",
                "events",
                "lost",
                "duplicate",
                "sessions lost",
                "call p99 ms",
                "call max",
                "gap p99 ms",
                "gap max");
        rows.forEach(row -> row.into(table));
        return table;
    }

    /// What each node held when it began, and when all was over.
    public String held() {
        var text = new StringBuilder();
        for (var n = 0; n < before.size(); n++) {
            text.append("node ")
                    .append(n + 1)
                    .append(": ")
                    .append(before.get(n).line())
                    .append(", then ")
                    .append(after.get(n).line())
                    .append("\n");
        }
        return text.toString();
    }

    public List<Limit> limits() {
        return List.of(
                new Limit("events lost", (double) sum.lost(), 0),
                new Limit("events twice", (double) sum.twice(), 0),
                new Limit("living sessions said not to exist", (double) sum.sessionsLost(), 0),
                new Limit("calls with a wrong answer", (double) sum.wrong(), 0),
                new Limit("calls without an end", (double) sum.open(), 0));
    }

    public List<String> complaints() {
        return sum.complaints();
    }
}
