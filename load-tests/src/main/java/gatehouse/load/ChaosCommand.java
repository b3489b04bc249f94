package gatehouse.load;

import gatehouse.load.cluster.ChaosFound;
import gatehouse.load.cluster.ChaosRun;
import gatehouse.load.cluster.Fault;
import gatehouse.load.cluster.LocalCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `./gatehouse chaos`: everything that may happen to a cluster, one after the other, under load, and a ledger of it.
@Command(
        name = "chaos",
        mixinStandardHelpOptions = true,
        description = {
            "Starts a cluster on this machine and lets happen to it, under load, what happens to clusters: every node is",
            "killed, all are restarted in turn, one is frozen, the database goes away. Prints a ledger of every call and",
            "every event, and what each node holds before and after."
        })
final class ChaosCommand implements Callable<Integer> {

    private static final Duration PAST_THE_DETECTOR = Duration.ofSeconds(15);

    @Mixin
    final ClusterHere here = new ClusterHere();

    @Mixin
    final Writing writing = new Writing();

    @Option(
            names = "--sessions",
            defaultValue = "500",
            description = "Clients with a stream (default: ${DEFAULT-VALUE}).")
    int sessions;

    @Option(names = "--rate", defaultValue = "200", description = "Calls a second (default: ${DEFAULT-VALUE}).")
    int rate;

    @Option(
            names = "--only",
            split = ",",
            description = "Some faults only: ${COMPLETION-CANDIDATES} (default: all of them).")
    List<Kind> only = List.of();

    /// What may happen.
    enum Kind {
        KILL,
        ROLL,
        FREEZE,
        STORE
    }

    @Override
    public Integer call() throws Exception {
        Bound.check("--sessions", sessions, 1, 20_000);
        Bound.check("--rate", rate, 1, 5000);
        var found = new AtomicReference<ChaosFound>();
        here.during(cluster -> {
            found.set(run(cluster));
            return 0;
        });
        var limits = found.get().limits();
        writing.publish("chaos", how(), new Writing.Found(found.get().table(), limits, found.get()));
        System.out.println(found.get().held());
        found.get().complaints().forEach(complaint -> System.out.println("  " + complaint));
        return writing.exitCode(limits);
    }

    private ChaosFound run(LocalCluster cluster) throws Exception {
        return new ChaosRun(cluster, sessions, rate).go(faults());
    }

    private List<Fault> faults() {
        var faults = new ArrayList<Fault>();
        faults.add(new Fault.Calm(Duration.ofSeconds(15)));
        if (wants(Kind.KILL)) {
            for (var n = 1; n <= here.nodes; n++) {
                faults.add(new Fault.Kill(n, Duration.ofSeconds(15)));
            }
        }
        if (wants(Kind.ROLL)) {
            faults.add(new Fault.Roll());
        }
        if (wants(Kind.FREEZE)) {
            faults.add(new Fault.Freeze(here.nodes, PAST_THE_DETECTOR));
        }
        if (wants(Kind.STORE)) {
            faults.add(new Fault.StoreAway(Duration.ofSeconds(30)));
        }
        return faults;
    }

    private boolean wants(Kind kind) {
        return only.isEmpty() || only.contains(kind);
    }

    private String how() {
        return here.nodes + " nodes of " + here.heap + " heap and a PostgreSQL on this machine, " + sessions
                + " sessions that each hear 5 events/s, " + rate
                + " calls/s by a balancer that gives each request to the next node";
    }
}
