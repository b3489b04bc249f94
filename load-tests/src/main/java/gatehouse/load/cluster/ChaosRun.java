package gatehouse.load.cluster;

import gatehouse.load.process.Watched;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Lets one fault after another happen to a cluster that is used meanwhile.
///
/// @param rate calls a second
public record ChaosRun(LocalCluster cluster, int sessions, int rate) {

    /// After a fault, for what it delayed to arrive.
    private static final Duration AFTERWARDS = Duration.ofSeconds(10);

    public ChaosFound go(List<Fault> faults) throws IOException, InterruptedException {
        var ledger = new Ledger();
        var rows = new ArrayList<ChaosFound.Row>();
        var before = held();
        try (var traffic = Traffic.start(cluster.route(), ledger, sessions, rate)) {
            for (var fault : faults) {
                rows.add(row(ledger, fault));
            }
            traffic.settle();
            Thread.sleep(AFTERWARDS);
        }
        return new ChaosFound(rows, ledger.sum(), before, held());
    }

    private ChaosFound.Row row(Ledger ledger, Fault fault) throws IOException, InterruptedException {
        ledger.forgetTimes();
        var before = ledger.sum();
        var begun = System.nanoTime();
        System.out.println(fault.name() + " ...");
        fault.happen(cluster);
        Thread.sleep(AFTERWARDS);
        var row = new ChaosFound.Row(fault.name(), (System.nanoTime() - begun) / 1_000_000_000.0, before, ledger.sum());
        System.out.println("  " + row.line());
        return row;
    }

    private List<ChaosFound.Held> held() {
        return IntStream.rangeClosed(1, cluster.size())
                .mapToObj(n -> new Watched(cluster.node(n).pid()))
                .map(node -> new ChaosFound.Held(node.residentKib() / 1024, node.descriptors(), node.threads()))
                .toList();
    }
}
