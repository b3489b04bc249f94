package gatehouse.node.journey;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// A program that runs beside a test and ends with it.
final class Program implements AutoCloseable {
    private static final int KEPT = 20_000;
    private static final Duration TO_END = Duration.ofSeconds(5);

    private final Process process;
    private final Predicate<String> ready;
    private final CompletableFuture<Void> isReady = new CompletableFuture<>();
    private final Deque<String> said = new ArrayDeque<>();
    private final Thread listener;

    private Program(Process process, Predicate<String> ready) {
        this.process = process;
        this.ready = ready;
        this.listener = Thread.ofVirtual().start(this::listen);
    }

    static Program start(List<String> command, Map<String, String> environment, Path directory) {
        return start(command, environment, directory, _ -> true);
    }

    /// @param ready recognises the line by which the program says that it may be used
    static Program start(
            List<String> command, Map<String, String> environment, Path directory, Predicate<String> ready) {
        var builder = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            var process = builder.start();
            process.getOutputStream().close();
            return new Program(process, ready);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Program awaitReady(Duration patience) {
        try {
            isReady.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS).join();
            return this;
        } catch (RuntimeException e) {
            close();
            throw new IllegalStateException("not ready; it said:\n" + output(), e);
        }
    }

    /// Waits for the end of a program that ends by itself.
    int finish(Duration patience) {
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("still running after " + patience + "; it said:\n" + output());
            }
            listener.join();
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    String output() {
        return String.join("\n", lines());
    }

    List<String> lines() {
        synchronized (said) {
            return List.copyOf(said);
        }
    }

    /// As a power cut would end it.
    void kill() {
        process.destroyForcibly();
        process.onExit().orTimeout(TO_END.toMillis(), TimeUnit.MILLISECONDS).join();
    }

    /// Lets it stand still, or go on, by a signal of that name.
    void signal(String name) {
        try {
            var sent = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
            sent.onExit().orTimeout(TO_END.toMillis(), TimeUnit.MILLISECONDS).join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// As an operator would end it; whatever it still has to do, it does in this time.
    void terminate(Duration patience) {
        process.destroy();
        process.onExit().orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS).join();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.onExit().orTimeout(TO_END.toMillis(), TimeUnit.MILLISECONDS).join();
        } catch (RuntimeException stubborn) {
            kill();
        }
    }

    private void listen() {
        try (BufferedReader lines = process.inputReader()) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                remember(line);
            }
        } catch (IOException ended) {
            remember("(" + ended.getMessage() + ")");
        }
        isReady.completeExceptionally(new IllegalStateException("it ended"));
    }

    private void remember(String line) {
        synchronized (said) {
            if (said.size() == KEPT) {
                said.removeFirst();
            }
            said.addLast(line);
        }
        if (ready.test(line)) {
            isReady.complete(null);
        }
    }
}
