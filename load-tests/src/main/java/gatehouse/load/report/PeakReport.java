package gatehouse.load.report;

import static gatehouse.load.report.CallReport.GATEWAY;
import static gatehouse.load.report.CallReport.NGINX;

import gatehouse.load.beat.Peak;
import java.util.ArrayList;
import java.util.List;

/// Rounds of asking as fast as the answers come, and how the gateway stands to nginx.
public record PeakReport(Rounds<Peak> rounds) {

    public Table table() {
        var table = new Table("target", "calls/s", "/ nginx", "/ bare", "p50 ms", "p99 ms", "CPU ms/call", "errors");
        for (var target : rounds.targets()) {
            table.row(
                    target,
                    Table.count(rounds.median(target, Peak::perSecond)),
                    Table.number(rounds.ratio(target, NGINX, Peak::perSecond)),
                    Table.number(rounds.ratio(target, CallReport.BARE_PROXY, Peak::perSecond)),
                    Table.number(rounds.median(target, Peak::p50)),
                    Table.number(rounds.median(target, Peak::p99)),
                    Table.number(rounds.median(target, Peak::cpu)),
                    Table.count(rounds.sum(target, Peak::errors)));
        }
        return table;
    }

    public List<Limit> limits() {
        var limits = new ArrayList<Limit>();
        if (rounds.targets().contains(GATEWAY) && rounds.targets().contains(NGINX)) {
            limits.add(new Limit(
                    "nginx's throughput over the gateway's", 1 / rounds.ratio(GATEWAY, NGINX, Peak::perSecond), 4));
        }
        rounds.targets()
                .forEach(target -> limits.add(new Limit("errors of " + target, rounds.sum(target, Peak::errors), 0)));
        return limits;
    }
}
