package gatehouse.load.cluster;

import gatehouse.load.report.Limit;
import gatehouse.load.report.Table;
import java.util.List;

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
    public record Held(long residentMib, long descriptors, long threads) {}

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
        rows.forEach(row -> {
            var a = row.after();
            var b = row.before();
            table.row(
                    row.fault(),
                    Table.number(row.seconds()),
                    Table.count((double) (a.done() - b.done())),
                    Table.count((double) (a.refused() - b.refused())),
                    Table.count((double) (a.unknown() - b.unknown())),
                    Table.count((double) (a.wrong() - b.wrong())),
                    Table.count((double) (a.events() - b.events())),
                    Table.count((double) (a.lost() - b.lost())),
                    Table.count((double) (a.twice() - b.twice())),
                    Table.count((double) (a.sessionsLost() - b.sessionsLost())),
                    Table.number(a.callP99Millis()),
                    Table.number(a.callMaxMillis()),
                    Table.number(a.gapP99Millis()),
                    Table.number(a.gapMaxMillis()));
        });
        for (var n = 0; n < before.size(); n++) {
            table.row(
                    "node " + (n + 1) + " held: " + before.get(n) + ", then " + after.get(n),
                    "",
                    "",
                    "",
                    "",
                    "",
                    "",
                    "",
                    "",
                    "",
                    "",
                    "",
                    "",
                    "");
        }
        return table;
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
