package gatehouse.load.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A process that is looked at from outside through `/proc`, together with its children.
public record Watched(long pid) {

    /// A clock tick of `/proc`, fixed by the kernel's interface to programs.
    private static final double MILLIS_PER_TICK = 10;

    public static final Watched UNKNOWN = new Watched(0);

    public boolean known() {
        return pid > 0 && Files.isDirectory(proc(pid));
    }

    /// CPU spent so far, in milliseconds, user and system; not a number where the process is unknown.
    public double cpuMillis() {
        if (!known()) {
            return Double.NaN;
        }
        var children = ProcessHandle.of(pid).stream()
                .flatMap(ProcessHandle::descendants)
                .map(ProcessHandle::pid);
        return Stream.concat(Stream.of(pid), children).mapToDouble(Watched::cpu).sum();
    }

    /// The same thread by thread, those that differ only by a number added up.
    public Map<String, Double> cpuMillisByThread() {
        try (var tasks = Files.list(proc(pid).resolve("task"))) {
            return tasks.map(task -> stat(task.resolve("stat")))
                    .filter(stat -> !stat.isEmpty())
                    .collect(Collectors.groupingBy(Watched::nameOf, Collectors.summingDouble(Watched::cpuOf)));
        } catch (IOException _) {
            return Map.of();
        }
    }

    public long residentKib() {
        return lines("status")
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }

    public long threads() {
        return count("task");
    }

    public long descriptors() {
        return count("fd");
    }

    private long count(String directory) {
        try (var entries = Files.list(proc(pid).resolve(directory))) {
            return entries.count();
        } catch (IOException _) {
            return 0;
        }
    }

    private Stream<String> lines(String file) {
        try {
            return Files.readAllLines(proc(pid).resolve(file)).stream();
        } catch (IOException _) {
            return Stream.empty();
        }
    }

    private static double cpu(long pid) {
        var stat = stat(proc(pid).resolve("stat"));
        return stat.isEmpty() ? 0 : cpuOf(stat);
    }

    private static String stat(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException _) {
            return "";
        }
    }

    static String nameOf(String stat) {
        return stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')')).replaceAll("[-#]?\\d+$", "");
    }

    /// The name of the program stands in brackets and may hold blanks; counting starts behind it.
    static double cpuOf(String stat) {
        var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * MILLIS_PER_TICK;
    }

    private static Path proc(long pid) {
        return Path.of("/proc", Long.toString(pid));
    }
}
