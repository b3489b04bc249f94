package gatehouse.load.endure;

import gatehouse.load.wire.Line;
import gatehouse.load.wire.Script;
import gatehouse.load.wire.Session;
import gatehouse.load.wire.ToolCall;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;

/// One session that is opened and left in one of the ways of [Abort].
record Aborter(Script script, int slowMillis) {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    void leave(Abort abort) throws IOException {
        try (var line = Line.open(script.target().address(), PATIENCE)) {
            switch (abort) {
                case WITHIN_INITIALIZE -> {
                    var request = script.initialize();
                    line.write(Arrays.copyOf(request, request.length - 20));
                    line.cut();
                }
                case BEFORE_WELCOME -> {
                    line.write(script.initialize());
                    line.cut();
                }
                case SILENTLY -> Session.open(script, line);
                case DURING_CALL -> {
                    line.write(slowCall(Session.open(script, line)));
                    line.cut();
                }
                case DURING_ANSWER -> {
                    line.write(slowCall(Session.open(script, line)));
                    expectOk(line);
                    line.drain();
                    line.cut();
                }
                case DURING_STREAM -> cutStream(Session.open(script, line), line);
                case END_DURING_CALL -> endDuringCall(Session.open(script, line));
                case ORDERLY -> {
                    var session = Session.open(script, line);
                    line.send(script.call(session.id(), ToolCall.echo("hello", "2")));
                    session.end(line);
                }
            }
        }
    }

    /// An upstream without GET streams makes the gateway answer 405; cutting is then all there is to do.
    private void cutStream(Session session, Line line) throws IOException {
        try (var stream = Line.open(script.target().address(), PATIENCE)) {
            stream.write(script.stream(session.id()));
            stream.head();
            line.send(script.call(session.id(), ToolCall.echo("hello", "2")));
            stream.cut();
        }
    }

    private void endDuringCall(Session session) throws IOException {
        try (var calling = Line.open(script.target().address(), PATIENCE);
                var ending = Line.open(script.target().address(), PATIENCE)) {
            calling.write(slowCall(session));
            session.end(ending);
            calling.cut();
        }
    }

    private byte[] slowCall(Session session) {
        return script.call(session.id(), ToolCall.slow(slowMillis, "2"));
    }

    private static void expectOk(Line line) throws IOException {
        var status = line.status();
        if (status != 200) {
            throw new IOException("a slow call was answered with " + status);
        }
    }
}
