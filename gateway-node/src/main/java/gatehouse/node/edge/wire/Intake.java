package gatehouse.node.edge.wire;

import org.apache.pekko.util.ByteString;

/// What was read from one client's socket and not yet handed on: at most one read, as no further is asked for
/// meanwhile.
final class Intake {

    private static final byte[] NOTHING = {};

    private final Framing framing;
    private byte[] bytes = NOTHING;
    private int at;
    private ByteString ready = ByteString.emptyByteString();

    Intake(Limits limits) {
        framing = new Framing(limits);
    }

    Framing framing() {
        return framing;
    }

    /// What is read from a socket is compact, and then nothing is copied.
    void take(ByteString read) {
        bytes = read.toArrayUnsafe();
        at = 0;
    }

    boolean hasUnread() {
        return at < bytes.length;
    }

    boolean hasReady() {
        return !ready.isEmpty();
    }

    boolean isEmpty() {
        return !hasReady() && !hasUnread();
    }

    /// Follows the current request through what was read; whatever belongs to it is ready then.
    void read() {
        var end = framing.read(bytes, at, bytes.length);
        if (framing.fault() == Fault.NONE && framing.phase() != Framing.Phase.HEAD) {
            var before = framing.release();
            var now = slice(at, end);
            ready = before.length == 0
                    ? now
                    : ByteString.fromArrayUnsafe(before).concat(now);
        }
        at = end;
        bytes = hasUnread() ? bytes : NOTHING;
    }

    ByteString handOn() {
        var handed = ready;
        ready = ByteString.emptyByteString();
        return handed;
    }

    void clear() {
        bytes = NOTHING;
        at = 0;
        ready = ByteString.emptyByteString();
    }

    private ByteString slice(int from, int to) {
        return from == 0 && to == bytes.length
                ? ByteString.fromArrayUnsafe(bytes)
                : ByteString.fromArrayUnsafe(bytes, from, to - from);
    }
}
