package gatehouse.load.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// On what a run was measured, in one line.
public record Machine(int cores, String processor, long memoryGib, String jdk, String kernel, String commit) {

    public static Machine here(String commit) {
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                value("/proc/cpuinfo", "model name"),
                Math.round(
                        Long.parseLong("0" + value("/proc/meminfo", "MemTotal").replaceAll("\\D", "")) / 1048576.0),
                System.getProperty("java.vm.vendor") + " " + Runtime.version(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                commit);
    }

    public String line() {
        return cores + " cores" + (processor.isEmpty() ? "" : " (" + processor + ")") + ", " + memoryGib + " GiB, JDK "
                + jdk + ", " + kernel + (commit.isEmpty() ? "" : ", commit " + commit);
    }

    private static String value(String file, String name) {
        try (var lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .findFirst()
                    .orElse("");
        } catch (IOException _) {
            return "";
        }
    }
}
