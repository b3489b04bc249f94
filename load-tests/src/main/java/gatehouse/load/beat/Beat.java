package gatehouse.load.beat;

import gatehouse.load.wire.Call;
import gatehouse.load.wire.Script;
import gatehouse.load.wire.Session;
import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/// A number of lines that together keep a rhythm of calls to one target.
///
/// In the open model the lines take turns at a common row of due times. A call that had to wait because all lines were
/// busy counts from its due time, so that a target that stalls cannot hide it (no coordinated omission). Each line is a
/// blocking socket on a platform thread, because a thread that wakes on its own socket adds less than a selector
/// that hands over; with no more lines than calls in flight the threads cost nothing.
public record Beat(Script script, Rhythm rhythm, int lines, Function<Session, Call> calls) {

    public static final int MOST_LINES = 512;

    public Beat {
        if (lines < 1 || lines > MOST_LINES) {
            throw new IllegalArgumentException("lines is " + lines + ", not between 1 and " + MOST_LINES);
        }
    }

    /// Calls of the echo.
    ///
    /// @param payload how many characters the text has
    public Beat(Script script, Rhythm rhythm, int lines, int payload) {
        this(script, rhythm, lines, session -> new Call(session, payload));
    }

    public Score run() throws InterruptedException {
        var calls = new AtomicLong();
        var start = new Start(lines);
        var score = new Score();
        try (var threads = Executors.newFixedThreadPool(
                lines, Thread.ofPlatform().daemon().name("beat-", 0).factory())) {
            var parts = new ArrayList<Future<Score>>();
            for (var line = 0; line < lines; line++) {
                parts.add(threads.submit(new Beater(this, calls, start)::call));
            }
            for (var part : parts) {
                score.add(part.get());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a line of the beat broke", e.getCause());
        }
        return score;
    }
}
