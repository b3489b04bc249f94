package gatehouse.load.simulation;

import gatehouse.load.process.Fork;
import io.gatling.app.Gatling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Gatling in a JVM of its own, and where its report lies.
public record GatlingRun(Assignment assignment, Path results) {

    private static final List<String> FLAGS = List.of(
            "-XX:+UseG1GC",
            "-Xmx512m",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "-Dgatling.data.console.light=true");

    /// The index page of the HTML report.
    public Path run() throws IOException, InterruptedException {
        var log = results.resolve("gatling.log");
        var fork = Fork.java(
                Fork.javaCommand(
                        FLAGS, Gatling.class, List.of("-s", CallSimulation.class.getName(), "-rf", results.toString())),
                assignment.environment(),
                log);
        try (fork) {
            var minutes = assignment.longest().toMinutes() + 2;
            if (!fork.process().waitFor(minutes, TimeUnit.MINUTES)
                    || fork.process().exitValue() != 0) {
                throw new IOException("Gatling did not end well within " + minutes + " minutes; it said so in " + log);
            }
        }
        try (var files = Files.walk(results, 2)) {
            return files.filter(file -> file.endsWith("index.html"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("Gatling wrote no report below " + results + "; see " + log));
        }
    }
}
