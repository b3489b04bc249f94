package gatehouse.load.process;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A process this run started and will stop, with all its own children.
public record Fork(Process process) implements Closeable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /// Another main of this very class path, in a JVM of its own that says where it listens.
    public static Fork java(List<String> flags, Class<?> main, List<String> arguments) {
        return start(new ProcessBuilder(javaCommand(flags, main, arguments)));
    }

    /// The same for a main that is given its environment and talks into a file.
    public static Fork java(List<String> command, Map<String, String> environment, Path log) {
        var builder = new ProcessBuilder(command).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        return start(builder);
    }

    public static List<String> javaCommand(List<String> flags, Class<?> main, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        return command;
    }

    /// Any program that has nothing to say on its output.
    public static Fork silent(List<String> command) {
        return start(new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD));
    }

    private static Fork start(ProcessBuilder builder) {
        try {
            return new Fork(
                    builder.redirectError(ProcessBuilder.Redirect.INHERIT).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public long pid() {
        return process.pid();
    }

    /// The first line it says, which for our own forks is the address they listen at.
    public String firstLine() throws IOException {
        var line = process.inputReader().readLine();
        if (line == null) {
            throw new IOException(
                    "process " + pid() + " ended before it said where it listens; see what it said above");
        }
        return line;
    }

    @Override
    public void close() {
        var family = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        family.forEach(ProcessHandle::destroy);
    }
}
