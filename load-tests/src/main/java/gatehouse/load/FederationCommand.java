package gatehouse.load;

import gatehouse.load.beat.Beat;
import gatehouse.load.beat.Rhythm;
import gatehouse.load.beat.Score;
import gatehouse.load.joint.JointFound;
import gatehouse.load.joint.JointNode;
import gatehouse.load.joint.ToolWalk;
import gatehouse.load.report.Figures;
import gatehouse.load.wire.Call;
import gatehouse.load.wire.Era;
import gatehouse.load.wire.Script;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `load federation`: what one list of the tools of many upstreams costs, cold and warm.
@Command(
        name = "federation",
        mixinStandardHelpOptions = true,
        description = {
            "tools/list over a route that joins many upstreams: the first, cold one, its memory, and warm ones at a rate.",
            "First declare such a node with --declare DIR, and run it: ./gatehouse up --config DIR"
        })
final class FederationCommand implements Callable<Integer> {

    @Mixin
    final Subjects subjects = new Subjects();

    @Mixin
    final Writing writing = new Writing();

    @Mixin
    final Profiling profiling = new Profiling();

    @Option(names = "--declare", description = "Writes the configuration of a node to be measured there, and ends.")
    Path declare = Path.of("");

    @Option(names = "--members", defaultValue = "10", description = "Upstreams joined (default: ${DEFAULT-VALUE}).")
    int members;

    @Option(names = "--tools", defaultValue = "20", description = "Tools of each (default: ${DEFAULT-VALUE}).")
    int tools;

    @Option(names = "--rate", defaultValue = "100", description = "Lists a second (default: ${DEFAULT-VALUE}).")
    int rate;

    @Option(names = "--seconds", defaultValue = "20", description = "Of each round (default: ${DEFAULT-VALUE}).")
    int seconds;

    @Option(
            names = "--warm-up",
            defaultValue = "30",
            description = "Seconds at that rate before the first round, in which the node's compilers get to know lists"
                    + " (default: ${DEFAULT-VALUE}).")
    int warmUp;

    @Option(names = "--rounds", defaultValue = "3", description = "Of warm lists (default: ${DEFAULT-VALUE}).")
    int rounds;

    @Option(names = "--lines", defaultValue = "10", description = "Keep-alive connections (default: ${DEFAULT-VALUE}).")
    int lines;

    @Override
    public Integer call() throws Exception {
        checkBounds();
        if (!declare.toString().isEmpty()) {
            new JointNode(members, subjects.echoPort).declare(declare);
            System.out.println("declared: run ./gatehouse up --config " + declare);
            return 0;
        }
        var gateway = subjects.theGateway();
        if (!gateway.process().known()) {
            throw new IllegalArgumentException(
                    "--gateway-pid is missing or no running process: its heap cannot be seen");
        }
        try (subjects) {
            subjects.direct(tools - JointNode.WORKING_TOOLS);
            var script = new Script(gateway.target(), Era.MODERN);
            var walk = new ToolWalk(script, gateway.process());
            var cold = walk.go("cold");
            var warm = new ArrayList<Figures>();
            if (warmUp > 0) {
                System.out.println("warming up for " + warmUp + " s");
                beat(script, Duration.ofSeconds(warmUp));
            }
            for (var round = 1; round <= rounds; round++) {
                warm.add(round(gateway, script, round));
            }
            var found = new JointFound(members, tools, cold, walk.go("warm"), warm);
            writing.publish("federation", how(), new Writing.Found(found.table(), found.limits(), found.figures()));
            var length = Duration.ofSeconds(seconds);
            profiling.follow(writing, gateway, length, () -> beat(script, length));
            return writing.exitCode(found.limits());
        }
    }

    private Figures round(Subject gateway, Script script, int round) throws InterruptedException {
        var before = gateway.process().cpuMillis();
        var score = beat(script, Duration.ofSeconds(seconds));
        score.complaints().forEach(complaint -> System.out.println("  error: " + complaint));
        var figures = Figures.of(score, gateway.process().cpuMillis() - before);
        System.out.println("round " + round + " of " + rounds + ": " + figures);
        return figures;
    }

    private Score beat(Script script, Duration length) throws InterruptedException {
        return new Beat(script, new Rhythm.Open(rate, length), lines, Call::ofList).run();
    }

    private String how() {
        return members + " upstreams of " + tools + " tools; warm: open model, " + rate + " lists/s (first page), "
                + lines + " keep-alive connections, after " + warmUp + " s of warming up, median of " + rounds
                + " rounds of " + seconds + " s";
    }

    private void checkBounds() {
        Bound.check("--members", members, 2, 100);
        Bound.check("--tools", tools, JointNode.WORKING_TOOLS, 1000);
        Bound.check("--rate", rate, 1, 5000);
        Bound.check("--seconds", seconds, 1, 600);
        Bound.check("--warm-up", warmUp, 0, 600);
        Bound.check("--rounds", rounds, 1, 9);
        Bound.check("--lines", lines, 1, Beat.MOST_LINES);
    }
}
