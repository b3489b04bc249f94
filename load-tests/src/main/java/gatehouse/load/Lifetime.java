package gatehouse.load;

import java.io.IOException;
import java.time.Duration;
import picocli.CommandLine.Option;

/// How long a server of ours stays when started by hand, or by a parent that may die.
final class Lifetime {

    @Option(
            names = "--minutes",
            defaultValue = "60",
            description = "Stop after so many minutes (default: ${DEFAULT-VALUE}).")
    int minutes;

    @Option(names = "--until-eof", hidden = true, description = "Stop when standard input ends.")
    boolean untilEof;

    void await() throws IOException, InterruptedException {
        Bound.check("--minutes", minutes, 1, 24 * 60);
        if (untilEof) {
            while (System.in.read() >= 0) {
                Thread.onSpinWait();
            }
        } else {
            Thread.sleep(Duration.ofMinutes(minutes));
        }
    }
}
