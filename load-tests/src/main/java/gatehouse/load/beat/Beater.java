package gatehouse.load.beat;

import gatehouse.load.wire.Call;
import gatehouse.load.wire.Line;
import gatehouse.load.wire.Session;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// One line of a beat: it keeps a connection and a session, and sends the calls whose turn falls to it.
final class Beater {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /// The kernel wakes a thread some 60 µs late; the rest of the wait is spun, two per cent of a core at 200 calls
    /// a second.
    private static final long SPUN_NANOS = 100_000;

    private final Beat beat;
    private final AtomicLong calls;
    private final Start start;
    private final Score score = new Score();
    private @Nullable Line line;
    private @Nullable Session session;
    private @Nullable Call call;

    Beater(Beat beat, AtomicLong calls, Start start) {
        this.beat = beat;
        this.calls = calls;
        this.start = start;
    }

    Score call() throws InterruptedException {
        connect();
        var began = start.meet();
        switch (beat.rhythm()) {
            case Rhythm.Open open -> {
                for (var n = calls.getAndIncrement(); n < open.calls(); n = calls.getAndIncrement()) {
                    send(n, startOf(began + open.dueNanos(n)));
                }
            }
            case Rhythm.Closed closed -> {
                var end = began + closed.length().toNanos();
                waitUntil(began);
                for (var now = System.nanoTime(); now - end < 0; now = System.nanoTime()) {
                    send(calls.getAndIncrement(), now);
                }
            }
        }
        leave();
        return score;
    }

    /// From when a call counts: from its due time if no line was free by then, which is the target's doing; from
    /// its
    /// sending if a line sat waiting and the machine woke it late, which is ours.
    private long startOf(long due) {
        if (System.nanoTime() - due > 0) {
            score.sentLate(0);
            return due;
        }
        waitUntil(due);
        var now = System.nanoTime();
        score.sentLate(now - due);
        return now;
    }

    private void send(long n, long due) {
        try {
            if (line == null || call == null) {
                connect();
            }
            if (line == null || call == null) {
                return;
            }
            var reply = line.send(call.stamped(n));
            if (call.answeredBy(reply)) {
                score.answered(System.nanoTime() - due);
            } else {
                score.failed("call " + n + " was answered with " + reply.status() + ": " + shortened(reply.text()));
            }
            if (reply.last()) {
                hangUp();
            }
        } catch (IOException e) {
            score.failed("call " + n + ": " + e);
            hangUp();
        }
    }

    private void connect() {
        try {
            var opened = Line.open(beat.script().target().address(), PATIENCE);
            line = opened;
            session = Session.open(beat.script(), opened);
            call = beat.calls().apply(session);
        } catch (IOException e) {
            score.failed("no session at " + beat.script().target().url() + ": " + e.getMessage());
            hangUp();
            LockSupport.parkNanos(10_000_000);
        }
    }

    private void leave() {
        try {
            if (line != null && session != null) {
                session.end(line);
            }
        } catch (IOException e) {
            score.failed("ending the session: " + e.getMessage());
        }
        hangUp();
    }

    private void hangUp() {
        try {
            if (line != null) {
                line.close();
            }
            line = null;
            call = null;
        } catch (IOException e) {
            score.failed("closing a line: " + e.getMessage());
        }
    }

    private static void waitUntil(long due) {
        for (var left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            if (left > SPUN_NANOS) {
                LockSupport.parkNanos(left - SPUN_NANOS);
            } else {
                Thread.onSpinWait();
            }
        }
    }

    private static String shortened(String text) {
        return text.length() > 200 ? text.substring(0, 200) + "…" : text;
    }
}
