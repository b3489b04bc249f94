package gatehouse.load.profile;

import gatehouse.load.process.Jcmd;
import gatehouse.load.process.Watched;
import gatehouse.load.report.Table;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;

/// A flight recording of another JVM, and what its threads spent meanwhile.
public final class Recording implements Closeable {

    private static final String NAME = "gatehouse-load";

    private final Jcmd jcmd;
    private final Watched process;
    private final Path file;
    private final Map<String, Double> before;

    private Recording(Watched process, Path file) {
        this.jcmd = new Jcmd(process.pid());
        this.process = process;
        this.file = file.toAbsolutePath();
        this.before = process.cpuMillisByThread();
    }

    /// Ends by itself some time after `expected`, should nobody be left to end it.
    public static Recording start(Watched process, Path file, Duration expected) {
        if (!process.known()) {
            throw new IllegalArgumentException("--profile needs the process id of what is profiled: --gateway-pid");
        }
        var recording = new Recording(process, file);
        recording.jcmd.ask(
                "JFR.start",
                "name=" + NAME,
                "settings=profile",
                "duration=" + (expected.toSeconds() + 60) + "s",
                "filename=" + recording.file,
                "jdk.CPUTimeSample#enabled=true",
                "jdk.CPUTimeSample#throttle=500/s");
        return recording;
    }

    @Override
    public void close() {
        jcmd.ask("JFR.stop", "name=" + NAME, "filename=" + file);
    }

    /// Where the time went; to be asked once the recording is closed.
    public String text() throws IOException {
        return threads() + "\n\n" + Profile.of(file).text();
    }

    private String threads() {
        var table = new Table("CPU ms", "threads");
        process.cpuMillisByThread().entrySet().stream()
                .map(entry -> Map.entry(entry.getKey(), entry.getValue() - before.getOrDefault(entry.getKey(), 0.0)))
                .filter(entry -> entry.getValue() > 0)
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(15)
                .forEach(entry -> table.row(Table.count(entry.getValue()), entry.getKey()));
        return table.toString();
    }
}
