package gatehouse.load.wire;

import java.io.IOException;

/// A legacy session that has been opened; in the modern era there is none, and its id is empty.
public record Session(Script script, String id) {

    public static Session open(Script script, Line line) throws IOException {
        if (script.era() == Era.MODERN) {
            return new Session(script, "");
        }
        var welcome = expect(200, "initialize", line.send(script.initialize()));
        var session = new Session(script, welcome.header("mcp-session-id").orElse(""));
        expect(202, "notifications/initialized", line.send(script.initialized(session.id)));
        return session;
    }

    public void end(Line line) throws IOException {
        if (!id.isEmpty()) {
            line.send(script.end(id));
        }
    }

    private static Reply expect(int status, String what, Reply reply) throws IOException {
        if (reply.status() != status) {
            throw new IOException(
                    what + " was answered with " + reply.status() + " instead of " + status + ": " + reply.text());
        }
        return reply;
    }
}
