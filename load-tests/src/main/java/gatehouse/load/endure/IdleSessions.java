package gatehouse.load.endure;

import gatehouse.load.wire.Line;
import gatehouse.load.wire.Script;
import gatehouse.load.wire.Session;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Sessions that are opened and then say nothing.
public final class IdleSessions {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int AT_ONCE = 16;

    private final Script script;

    public IdleSessions(Script script) {
        this.script = script;
    }

    /// Opens them in lots over a few lines, since an idle session must not cost a connection.
    public List<Session> open(int count) throws Exception {
        return lots(count, "sessions opened", (line, n) -> Session.open(script, line));
    }

    public void end(List<Session> sessions) throws Exception {
        lots(sessions.size(), "sessions ended", (line, n) -> {
            sessions.get(n).end(line);
            return sessions.get(n);
        });
    }

    private List<Session> lots(int count, String what, Step step) throws Exception {
        var size = Math.max(1, (count + AT_ONCE * 4 - 1) / (AT_ONCE * 4));
        var lots = (count + size - 1) / size;
        var done = Crowd.run(what + " (lots of " + size + ")", lots, AT_ONCE, lot -> {
            var sessions = new ArrayList<Session>();
            try (var line = Line.open(script.target().address(), PATIENCE)) {
                for (var n = lot * size; n < Math.min(count, (lot + 1) * size); n++) {
                    sessions.add(step.take(line, n));
                }
            }
            return sessions;
        });
        return done.stream().flatMap(List::stream).toList();
    }

    private interface Step {
        Session take(Line line, int n) throws IOException;
    }
}
