package gatehouse.node.edge.wire;

import org.apache.pekko.util.ByteString;

/// What is to be written to one client's socket and was not yet asked for; beyond its bound the HTTP layer is left
/// waiting.
final class Outflow {

    private static final int ROOM = 16 * 1024;
    private static final int PIECE = 64 * 1024; // so that a slow reader shows its progress within `write-stall`

    private final ResponseFraming framing = new ResponseFraming();
    private ByteString waiting = ByteString.emptyByteString();

    ResponseFraming framing() {
        return framing;
    }

    void add(ByteString bytes) {
        framing.read(bytes);
        append(bytes);
    }

    /// Bytes that are no response to a request let through.
    void append(ByteString bytes) {
        waiting = waiting.isEmpty() ? bytes : waiting.concat(bytes);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    boolean hasRoom() {
        return waiting.size() < ROOM;
    }

    ByteString piece() {
        var piece = waiting;
        if (waiting.size() > PIECE) {
            piece = waiting.take(PIECE);
            waiting = waiting.drop(PIECE);
        } else {
            waiting = ByteString.emptyByteString();
        }
        return piece;
    }
}
