package gatehouse.load.cluster;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// One node of a cluster as a process of its own, which can be ended in every way a process ends, and started again.
public final class RunningMember implements Closeable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration TO_STOP = Duration.ofSeconds(45);

    private final ClusterPlan.Member member;
    private final Path launcher;
    private final String jvm;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
    private Optional<Process> process = Optional.empty();

    RunningMember(ClusterPlan.Member member, Path launcher, String jvm) {
        this.member = member;
        this.launcher = launcher;
        this.jvm = jvm;
    }

    /// Does nothing if it runs.
    public void start() throws IOException {
        if (runs()) {
            return;
        }
        var builder = new ProcessBuilder(
                        launcher.toString(),
                        "up",
                        "--config",
                        member.directory().toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(member.log().toFile()));
        builder.environment().put("GATEHOUSE_JVM", jvm);
        process = Optional.of(builder.start());
    }

    public int number() {
        return member.number();
    }

    public long pid() {
        return process.map(Process::pid).orElse(0L);
    }

    public boolean runs() {
        return process.filter(Process::isAlive).isPresent();
    }

    /// Waits until it is a member that serves.
    void await() throws IOException, InterruptedException {
        var until = System.nanoTime() + PATIENCE.toNanos();
        while (!isReady()) {
            if (!runs()) {
                throw new IOException("node " + number() + " ended; what it said: " + lastWords());
            }
            if (System.nanoTime() > until) {
                throw new IOException("node " + number() + " is not ready after " + PATIENCE + "; see " + member.log());
            }
            Thread.sleep(200);
        }
    }

    public boolean isReady() {
        return get("ready").isPresent();
    }

    /// What it counts, as JSON; nothing where it does not answer.
    public Optional<String> detail() {
        return get("detail");
    }

    /// kill -9: nothing is said, nothing is written any more.
    public void kill() throws InterruptedException {
        if (process.isPresent()) {
            process.get().destroyForcibly();
            process.get().waitFor(TO_STOP.toSeconds(), TimeUnit.SECONDS);
        }
    }

    /// SIGTERM: it leaves in good order. Whether it did in time.
    public boolean leave() throws InterruptedException {
        if (process.isEmpty()) {
            return true;
        }
        process.get().destroy();
        return process.get().waitFor(TO_STOP.toSeconds(), TimeUnit.SECONDS);
    }

    /// SIGSTOP: it is there and does nothing.
    public void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    /// SIGCONT.
    public void thaw() throws IOException, InterruptedException {
        signal("CONT");
    }

    @Override
    public void close() {
        process.ifPresent(Process::destroyForcibly);
    }

    private void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder(List.of("kill", "-" + name, Long.toString(pid())))
                .start()
                .waitFor();
    }

    private Optional<String> get(String path) {
        URI uri = member.health(path);
        var request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(2)).build();
        try {
            return Optional.of(http.send(request, HttpResponse.BodyHandlers.ofString()))
                    .filter(answer -> answer.statusCode() == 200)
                    .map(HttpResponse::body);
        } catch (IOException silent) {
            return Optional.empty();
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private String lastWords() throws IOException {
        var lines = Files.readAllLines(member.log());
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
    }
}
