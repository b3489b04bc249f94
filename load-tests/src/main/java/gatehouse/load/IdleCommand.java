package gatehouse.load;

import gatehouse.load.endure.IdlePlan;
import gatehouse.load.endure.IdleRun;
import gatehouse.load.report.Table;
import gatehouse.load.wire.Era;
import gatehouse.load.wire.Script;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `load idle`: what sessions and streams cost that say nothing, while calls still go through.
@Command(
        name = "idle",
        mixinStandardHelpOptions = true,
        description = "Live heap per idle session and per idle GET stream of the node, while calls still go through.")
final class IdleCommand implements Callable<Integer> {

    @Mixin
    final Subjects subjects = new Subjects();

    @Mixin
    final Writing writing = new Writing();

    @Option(names = "--sessions", defaultValue = "10000", description = "Idle sessions (default: ${DEFAULT-VALUE}).")
    int sessions;

    @Option(
            names = "--streams",
            defaultValue = "1000",
            description = "Of them with an open GET stream (default: ${DEFAULT-VALUE}).")
    int streams;

    @Option(
            names = "--rate",
            defaultValue = "50",
            description = "Calls a second meanwhile (default: ${DEFAULT-VALUE}).")
    int rate;

    @Option(
            names = "--hold",
            defaultValue = "30",
            description = "Seconds to hold everything (default: ${DEFAULT-VALUE}).")
    int hold;

    @Option(
            names = "--passivate-after",
            defaultValue = "0",
            description = "Seconds to wait for passivation once the streams are closed; 0 for not at all.")
    int passivateAfter;

    @Override
    public Integer call() throws Exception {
        var plan = plan();
        var gateway = subjects.theGateway();
        if (!gateway.process().known()) {
            throw new IllegalArgumentException(
                    "--gateway-pid is missing or no running process: its heap cannot be seen");
        }
        try (subjects) {
            subjects.direct();
            var found = new IdleRun(new Script(gateway.target(), Era.LEGACY), gateway.process(), plan).run();
            found.calls().complaints().forEach(complaint -> System.out.println("  error: " + complaint));
            var how = sessions + " sessions, " + streams + " GET streams, " + rate + " calls/s meanwhile: p50 "
                    + Table.number(found.calls().millisAt(50)) + " ms, p99 "
                    + Table.number(found.calls().millisAt(99)) + " ms";
            writing.publish("idle", how, new Writing.Found(found.table(), found.limits(), found.figures()));
            System.out.println(found.growth());
            return writing.exitCode(found.limits());
        }
    }

    private IdlePlan plan() {
        Bound.check("--sessions", sessions, 1, 100_000);
        Bound.check("--streams", streams, 0, Math.min(sessions, 10_000));
        Bound.check("--rate", rate, 1, 2000);
        Bound.check("--hold", hold, 1, 600);
        Bound.check("--passivate-after", passivateAfter, 0, 3600);
        return new IdlePlan(sessions, streams, rate, Duration.ofSeconds(hold), Duration.ofSeconds(passivateAfter));
    }
}
