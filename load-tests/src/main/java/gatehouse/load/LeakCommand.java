package gatehouse.load;

import gatehouse.load.endure.Aborts;
import gatehouse.load.endure.Health;
import gatehouse.load.endure.LeakPlan;
import gatehouse.load.endure.LeakRun;
import gatehouse.load.wire.Era;
import gatehouse.load.wire.Key;
import gatehouse.load.wire.Script;
import gatehouse.load.wire.Target;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `load leak`: whether anything is left of sessions that broke off in every way there is.
@Command(
        name = "leak",
        mixinStandardHelpOptions = true,
        description =
                "Thousands of sessions with random aborts; afterwards the node's counters must be back at their start.")
final class LeakCommand implements Callable<Integer> {

    @Mixin
    final Subjects subjects = new Subjects();

    @Mixin
    final Writing writing = new Writing();

    @Option(names = "--sessions", defaultValue = "10000", description = "How many (default: ${DEFAULT-VALUE}).")
    int sessions;

    @Option(
            names = "--at-once",
            defaultValue = "50",
            description = "Of them at the same time (default: ${DEFAULT-VALUE}).")
    int atOnce;

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "Decides who breaks off how (default: ${DEFAULT-VALUE}).")
    long seed;

    @Option(
            names = "--settle",
            defaultValue = "180",
            description = "Seconds the node may take; longer than its idle expiry (default: ${DEFAULT-VALUE}).")
    int settle;

    @Option(
            names = "--allow",
            split = ",",
            description =
                    "By how much a counter may stay above its start, as NAME=N; descriptors=32,threads=16 unless said.")
    Map<String, Long> allow = Map.of();

    @Option(
            names = "--health",
            description = "Where the node counts (default: /health/detail at port 8081 of the gateway).")
    URI health = URI.create("");

    @Override
    public Integer call() throws Exception {
        Bound.check("--sessions", sessions, 1, 100_000);
        Bound.check("--at-once", atOnce, 1, 500);
        Bound.check("--settle", settle, 1, 3600);
        var gateway = subjects.theGateway();
        try (subjects) {
            subjects.direct();
            var aborts = new Aborts(new Script(gateway.target(), Era.LEGACY), atOnce, seed);
            var plan = new LeakPlan(sessions, Duration.ofSeconds(settle), allowed());
            var found = new LeakRun(aborts, new Health(counters()), gateway.process(), plan).run();
            found.tally().surprises().forEach(surprise -> System.out.println("  surprise: " + surprise));
            found.leaked().forEach(leak -> System.out.println("  leak: " + leak));
            writing.publish(
                    "leak",
                    sessions + " sessions, " + atOnce + " at once, seed " + seed + ": "
                            + found.tally().ways(),
                    new Writing.Found(found.table(), found.limits(), found.figures()));
            return writing.exitCode(found.limits());
        }
    }

    private Target counters() {
        var url = health.toString().isEmpty()
                ? URI.create("http://" + subjects.gateway.getHost() + ":8081/health/detail")
                : health;
        return Target.at("health", url, Key.NONE);
    }

    private Map<String, Long> allowed() {
        var all = new HashMap<>(Map.of("descriptors", 32L, "threads", 16L));
        all.putAll(allow);
        return all;
    }
}
