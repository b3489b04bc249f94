package gatehouse.load;

import gatehouse.load.report.Limit;
import gatehouse.load.report.Machine;
import gatehouse.load.report.Paper;
import gatehouse.load.report.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/// Where a run is written down, and the profile that may follow it.
final class Writing {

    /// What a run ends with.
    record Found(Table table, List<Limit> limits, Object figures) {}

    @Option(names = "--commit", defaultValue = "", description = "What is measured, for the report's head.")
    String commit = "";

    @Option(names = "--out", description = "Where the directory of the run is made (default: load-tests/target/load).")
    Path out = Paper.usualParent();

    @Option(names = "--report-only", description = "Exit with 0 even where a limit is missed.")
    boolean reportOnly;

    private Path directory = Path.of("");

    /// The directory of this run, made when first asked for.
    Path directory(String name) throws IOException {
        if (directory.toString().isEmpty()) {
            directory = Paper.of(out, name).directory();
        }
        return directory;
    }

    void publish(String name, String how, Found found) throws IOException {
        var machine = Machine.here(commit);
        var text = new StringBuilder(
                "# " + name + "\n\n" + how + "  \n" + machine.line() + "\n\n" + found.table() + "\n\n");
        found.limits().forEach(limit -> text.append(limit.line()).append("  \n"));
        new Paper(directory(name))
                .write(
                        text.toString(),
                        Map.of("machine", machine, "how", how, "figures", found.figures(), "limits", found.limits()));
        System.out.println("\n" + text + "\nwritten to " + directory.toAbsolutePath());
    }

    int exitCode(List<Limit> limits) {
        return reportOnly || limits.stream().allMatch(Limit::met) ? 0 : 1;
    }
}
