package gatehouse.load.endure;

import gatehouse.load.wire.Line;
import gatehouse.load.wire.Script;
import gatehouse.load.wire.Session;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// GET streams, one per session, held open and read so that keep-alives do not pile up.
public final class IdleStreams implements Closeable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int AT_ONCE = 16;

    private final Script script;
    private final ConcurrentLinkedQueue<Line> lines = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final AtomicInteger lost = new AtomicInteger();

    public IdleStreams(Script script) {
        this.script = script;
    }

    public void open(List<Session> sessions) throws Exception {
        Crowd.run("streams opened", sessions.size(), AT_ONCE, n -> {
            var line = Line.open(script.target().address(), PATIENCE);
            line.write(script.stream(sessions.get(n).id()));
            var status = line.status();
            if (status != 200) {
                line.close();
                throw new IOException("GET stream " + n + " was answered with " + status + " instead of 200");
            }
            lines.add(line);
            return Thread.ofVirtual().start(() -> read(line));
        });
    }

    public int open() {
        return lines.size() - lost.get();
    }

    /// Streams that ended, or said nothing for a minute, while they should have stayed.
    public int lost() {
        return lost.get();
    }

    @Override
    public void close() throws IOException {
        closing.set(true);
        for (var line : lines) {
            line.close();
        }
    }

    private void read(Line line) {
        try {
            while (line.drain() >= 0) {
                Thread.onSpinWait();
            }
            count();
        } catch (IOException _) {
            count();
        }
    }

    private void count() {
        if (!closing.get()) {
            lost.incrementAndGet();
        }
    }
}
