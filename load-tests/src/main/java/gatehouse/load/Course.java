package gatehouse.load;

import gatehouse.load.beat.Beat;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import picocli.CommandLine.Option;

/// How long a comparison of targets takes and how hard it is: what every kind of run has, with defaults of its own.
final class Course {

    private static final int LONGEST = 600;

    @Option(names = "--seconds", description = "Of each target in each round (default: ${DEFAULT-VALUE}).")
    int seconds;

    @Option(names = "--rounds", description = "Of all targets in turn (default: ${DEFAULT-VALUE}).")
    int rounds = 3;

    @Option(names = "--warm-up", description = "Seconds of each target before the first (default: ${DEFAULT-VALUE}).")
    int warmUp;

    @Option(names = "--lines", description = "Keep-alive connections (default: ${DEFAULT-VALUE}).")
    int lines;

    @Option(names = "--payload", description = "Characters of the text (default: ${DEFAULT-VALUE}).")
    int payload = 1024;

    Course(int seconds, int warmUp, int lines) {
        this.seconds = seconds;
        this.warmUp = warmUp;
        this.lines = lines;
    }

    void checkBounds() {
        Bound.check("--seconds", seconds, 1, LONGEST);
        Bound.check("--rounds", rounds, 1, 9);
        Bound.check("--warm-up", warmUp, 0, LONGEST);
        Bound.check("--lines", lines, 1, Beat.MOST_LINES);
        Bound.check("--payload", payload, 10, 1_000_000);
    }

    /// Each round starts with another target, so that none always follows the same neighbour.
    List<Subject> inTurn(List<Subject> measured, int round) {
        var order = new ArrayList<>(measured);
        Collections.rotate(order, 1 - round);
        return order;
    }

    @Override
    public String toString() {
        return lines + " keep-alive connections, " + payload + " byte text, median of " + rounds + " rounds of "
                + seconds + " s";
    }
}
