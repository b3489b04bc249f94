package gatehouse.load.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;

/// What came back for one HTTP request.
public final class Reply {

    private final String head;
    private final byte[] body;

    Reply(String head, byte[] body) {
        this.head = head;
        this.body = body;
    }

    public int status() {
        return Head.status(head);
    }

    public Optional<String> header(String name) {
        return Head.value(head, name);
    }

    /// Whether the other side closes the line after this reply.
    public boolean last() {
        return Head.says(head, "connection", "close");
    }

    byte[] body() {
        return body;
    }

    public String text() {
        return new String(body, UTF_8);
    }
}
