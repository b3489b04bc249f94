package gatehouse.load;

import gatehouse.load.beat.Beat;
import gatehouse.load.beat.Peak;
import gatehouse.load.beat.Rhythm;
import gatehouse.load.beat.Wrk;
import gatehouse.load.report.PeakReport;
import gatehouse.load.report.Rounds;
import gatehouse.load.wire.Era;
import gatehouse.load.wire.Script;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `load saturation`: how many calls a second go through at most, as a ratio to nginx.
@Command(
        name = "saturation",
        mixinStandardHelpOptions = true,
        description = "Most calls a second (closed model, wrk where installed): direct, nginx, bare proxy, gateway.")
final class SaturationCommand implements Callable<Integer> {

    @Mixin
    final Subjects subjects = new Subjects();

    @Mixin
    final Course course = new Course(10, 10, 64);

    @Mixin
    final Writing writing = new Writing();

    @Mixin
    final Profiling profiling = new Profiling();

    @Option(
            names = "--era",
            defaultValue = "LEGACY",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    Era era = Era.LEGACY;

    @Option(names = "--no-wrk", description = "Use our own client even where wrk is installed.")
    boolean noWrk;

    @Override
    public Integer call() throws Exception {
        course.checkBounds();
        try (subjects) {
            var measured = subjects.start();
            for (var subject : measured) {
                System.out.println("warming up " + subject.target().name());
                if (course.warmUp > 0) {
                    ask(subject, Duration.ofSeconds(course.warmUp));
                }
            }
            var report = new PeakReport(new Rounds<>(measure(measured)));
            writing.publish(
                    "saturation",
                    "closed model, " + era + ", by " + asker() + ", " + course,
                    new Writing.Found(
                            report.table(), report.limits(), report.rounds().rounds()));
            profiling.follow(
                    writing,
                    measured.getLast(),
                    Duration.ofSeconds(course.seconds),
                    () -> ask(measured.getLast(), Duration.ofSeconds(course.seconds)));
            return writing.exitCode(report.limits());
        }
    }

    private List<Map<String, Peak>> measure(List<Subject> measured) throws Exception {
        var found = new ArrayList<Map<String, Peak>>();
        for (var round = 1; round <= course.rounds; round++) {
            var peaks = new LinkedHashMap<String, Peak>();
            measured.forEach(subject -> peaks.put(subject.target().name(), Peak.NONE));
            for (var subject : course.inTurn(measured, round)) {
                var before = subject.process().cpuMillis();
                var peak = ask(subject, Duration.ofSeconds(course.seconds));
                peaks.put(
                        subject.target().name(), peak.costing(subject.process().cpuMillis() - before, course.seconds));
                System.out.println("round " + round + " of " + course.rounds + ": "
                        + subject.target().name() + " " + peak);
            }
            found.add(peaks);
        }
        return found;
    }

    private String asker() {
        return noWrk || Wrk.installed().isEmpty() ? "our own client" : "wrk";
    }

    private Peak ask(Subject subject, Duration length) throws Exception {
        var script = new Script(subject.target(), era);
        var wrk = Wrk.installed();
        if (!noWrk && wrk.isPresent()) {
            return new Wrk(wrk.get(), script, course.lines, course.payload).run(length);
        }
        var score = new Beat(script, new Rhythm.Closed(length), course.lines, course.payload).run();
        score.complaints().forEach(complaint -> System.out.println("  error: " + complaint));
        return score.peak(length);
    }
}
