package gatehouse.load.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Asks another JVM about itself with the `jcmd` of the JDK that runs us.
public record Jcmd(long pid) {

    private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+(\\d+)\\s+(\\d+)");

    public String ask(String... question) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
        command.add(Long.toString(pid));
        command.addAll(List.of(question));
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var answer = new String(process.getInputStream().readAllBytes(), UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + " failed: " + answer);
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking process " + pid, e);
        }
    }

    /// Objects that are reachable, class by class, after a full collection.
    public String classes() {
        ask("GC.run");
        return ask("GC.class_histogram");
    }

    /// The bytes of all classes of such a histogram.
    public static long liveBytes(String classes) {
        var total = TOTAL.matcher(classes);
        if (!total.find()) {
            throw new IllegalArgumentException(
                    "no total in the class histogram: " + classes.substring(0, Math.min(200, classes.length())));
        }
        return Long.parseLong(total.group(2));
    }
}
