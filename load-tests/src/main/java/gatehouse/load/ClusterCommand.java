package gatehouse.load;

import gatehouse.load.cluster.Ledger;
import gatehouse.load.cluster.LocalCluster;
import gatehouse.load.cluster.Show;
import gatehouse.load.cluster.Traffic;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `load cluster`, which is also `demo --nodes`: a cluster on this machine, clients that count, and a prompt at which
/// nodes
/// are killed and started again.
@Command(
        name = "cluster",
        mixinStandardHelpOptions = true,
        description = {
            "Starts several nodes, a PostgreSQL they share and a balancer in front of them; clients count what they get.",
            "At a prompt you kill nodes and start them again: lost 0, duplicate 0."
        })
final class ClusterCommand implements Callable<Integer> {

    @Mixin
    final ClusterHere here = new ClusterHere();

    @Option(names = "--sessions", defaultValue = "6", description = "Clients (default: ${DEFAULT-VALUE}).")
    int sessions;

    @Option(names = "--seconds", defaultValue = "0", description = "Ends by itself after so long; 0: when you say so.")
    int seconds;

    @Override
    public Integer call() throws Exception {
        Bound.check("--sessions", sessions, 1, 1000);
        Bound.check("--seconds", seconds, 0, 86_400);
        return here.during(this::show);
    }

    private int show(LocalCluster cluster) throws Exception {
        var ledger = new Ledger();
        try (var _ = Traffic.start(cluster.route(), ledger, sessions, 2.0 * sessions)) {
            new Show(cluster, ledger, sessions).run(Duration.ofSeconds(seconds));
        }
        return ledger.sum().isWhole() ? 0 : 1;
    }
}
