package gatehouse.load.report;

import java.util.ArrayList;
import java.util.List;

/// Rounds of calls at a fixed rate, and what they say about the gateway.
public record CallReport(Rounds<Figures> rounds) {

    public static final String DIRECT = "direct";
    public static final String NGINX = "nginx";
    public static final String BARE_PROXY = "bare-proxy";
    public static final String GATEWAY = "gateway";
    public static final String CROSSED = "crossed";

    public Table table() {
        var table = new Table(
                "target",
                "p50 ms",
                "p95 ms",
                "p99 ms",
                "max ms",
                "added p50",
                "added p99",
                "p50 / nginx",
                "p50 / bare",
                "CPU ms/call",
                "noise p99",
                "errors");
        for (var target : rounds.targets()) {
            table.row(
                    target,
                    Table.number(rounds.median(target, Figures::p50)),
                    Table.number(rounds.median(target, Figures::p95)),
                    Table.number(rounds.median(target, Figures::p99)),
                    Table.number(rounds.worst(target, Figures::max)),
                    Table.number(rounds.added(target, DIRECT, Figures::p50)),
                    Table.number(rounds.added(target, DIRECT, Figures::p99)),
                    Table.number(rounds.ratio(target, NGINX, Figures::p50)),
                    Table.number(rounds.ratio(target, BARE_PROXY, Figures::p50)),
                    Table.number(rounds.median(target, Figures::cpu)),
                    Table.number(rounds.median(target, Figures::late)),
                    Table.count(rounds.sum(target, Figures::errors)));
        }
        return table;
    }

    /// What the gateway must show; empty without a gateway, and without nginx silent about nginx.
    public List<Limit> limits() {
        var limits = new ArrayList<Limit>();
        if (rounds.targets().contains(GATEWAY)) {
            limits.add(new Limit("ms added by the gateway at p50", rounds.added(GATEWAY, DIRECT, Figures::p50), 1.5));
            limits.add(new Limit("ms added by the gateway at p99", rounds.added(GATEWAY, DIRECT, Figures::p99), 6));
            if (rounds.targets().contains(BARE_PROXY)) {
                limits.add(
                        new Limit("p50 against the bare proxy", rounds.ratio(GATEWAY, BARE_PROXY, Figures::p50), 1.5));
            }
            if (rounds.targets().contains(NGINX)) {
                limits.add(new Limit("p50 against nginx", rounds.ratio(GATEWAY, NGINX, Figures::p50), 3));
            }
        }
        if (rounds.targets().contains(CROSSED)) {
            limits.add(new Limit(
                    "ms added by crossing the eras at p50", rounds.added(CROSSED, GATEWAY, Figures::p50), 0.5));
        }
        rounds.targets()
                .forEach(
                        target -> limits.add(new Limit("errors of " + target, rounds.sum(target, Figures::errors), 0)));
        return limits;
    }
}
