package gatehouse.load;

import gatehouse.load.beat.Beat;
import gatehouse.load.beat.Rhythm;
import gatehouse.load.beat.Score;
import gatehouse.load.report.CallReport;
import gatehouse.load.report.Figures;
import gatehouse.load.report.Rounds;
import gatehouse.load.simulation.Assignment;
import gatehouse.load.simulation.GatlingRun;
import gatehouse.load.wire.Era;
import gatehouse.load.wire.Script;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `load call-legacy`, `load call-modern`: latency at a fixed rate, and how much of it the gateway adds.
@Command(
        mixinStandardHelpOptions = true,
        description = "Latency of tools/call at a fixed rate: direct, through nginx, a bare proxy and the gateway.")
final class CallCommand implements Callable<Integer> {

    private final Era era;

    @Mixin
    final Subjects subjects = new Subjects();

    /// Warmed up at 2000 calls/s.
    @Mixin
    final Course course = new Course(20, 15, 20);

    @Mixin
    final Writing writing = new Writing();

    @Mixin
    final Profiling profiling = new Profiling();

    @Option(names = "--rate", defaultValue = "200", description = "Calls a second (default: ${DEFAULT-VALUE}).")
    int rate;

    @Option(names = "--no-gatling", description = "Leave out Gatling's second opinion and its HTML report.")
    boolean noGatling;

    CallCommand(Era era) {
        this.era = era;
    }

    @Override
    public Integer call() throws Exception {
        checkBounds();
        var name = "call-" + era.name().toLowerCase(Locale.ROOT);
        try (subjects) {
            var measured = subjects.start();
            warmUp(measured);
            var report = new CallReport(new Rounds<>(measure(measured)));
            writing.publish(
                    name,
                    "open model, " + era + ", " + rate + " calls/s, " + course,
                    new Writing.Found(
                            report.table(), report.limits(), report.rounds().rounds()));
            gatling(name, measured);
            var length = Duration.ofSeconds(course.seconds);
            profiling.follow(
                    writing, measured.getLast(), length, () -> beat(measured.getLast(), new Rhythm.Open(rate, length)));
            return writing.exitCode(report.limits());
        }
    }

    private void gatling(String name, List<Subject> measured) throws Exception {
        if (noGatling) {
            return;
        }
        System.out.println("the second opinion, by Gatling: " + measured.size() * (course.seconds + 5) + " s");
        var targets = measured.stream().map(Subject::target).toList();
        var assignment = new Assignment(era, targets, rate, course.seconds, course.payload);
        var report = new GatlingRun(assignment, writing.directory(name).toAbsolutePath()).run();
        System.out.println("Gatling's report: " + report);
    }

    private void checkBounds() {
        Bound.check("--rate", rate, 1, 20_000);
        course.checkBounds();
    }

    private void warmUp(List<Subject> measured) throws InterruptedException {
        for (var subject : measured) {
            if (course.warmUp > 0) {
                System.out.println("warming up " + subject.target().name() + " at "
                        + subject.target().url());
                beat(subject, new Rhythm.Open(2000, Duration.ofSeconds(course.warmUp)));
            }
        }
    }

    private List<Map<String, Figures>> measure(List<Subject> measured) throws InterruptedException {
        var found = new ArrayList<Map<String, Figures>>();
        for (var round = 1; round <= course.rounds; round++) {
            var figures = new LinkedHashMap<String, Figures>();
            measured.forEach(subject -> figures.put(subject.target().name(), Figures.NONE));
            for (var subject : course.inTurn(measured, round)) {
                beat(subject, new Rhythm.Open(rate, Duration.ofSeconds(2)));
                figures.put(subject.target().name(), figures(subject));
                System.out.println("round " + round + " of " + course.rounds + ": "
                        + subject.target().name() + " "
                        + figures.get(subject.target().name()));
            }
            found.add(figures);
        }
        return found;
    }

    private Figures figures(Subject subject) throws InterruptedException {
        var before = subject.process().cpuMillis();
        var score = beat(subject, new Rhythm.Open(rate, Duration.ofSeconds(course.seconds)));
        var figures = Figures.of(score, subject.process().cpuMillis() - before);
        score.complaints().forEach(complaint -> System.out.println("  error: " + complaint));
        return figures;
    }

    private Score beat(Subject subject, Rhythm rhythm) throws InterruptedException {
        return new Beat(new Script(subject.target(), era), rhythm, course.lines, course.payload).run();
    }
}
