package gatehouse.node.edge.wire;

import java.util.Arrays;

/// Follows one connection's requests through the bytes it sends, and refuses whatever two readers could read in two
/// ways.
///
/// It is stricter than the parser behind it: that one never sees a head that is incomplete, ambiguous or too large, so
/// it can
/// not disagree with whoever read the same bytes before us about where a request ends.
public final class Framing {

    /// How far the current request has come.
    public enum Phase {
        IDLE,
        HEAD,
        BODY,
        COMPLETE
    }

    private static final byte[] NOTHING = {};

    private final Limits limits;
    private final HeadReader head;
    private final ChunkReader chunks;

    private Phase phase = Phase.IDLE;
    private Fault fault = Fault.NONE;
    private byte[] kept = NOTHING; // of a head that is not complete
    private int keptLength;
    private long missing; // of a body with an announced length

    public Framing(Limits limits) {
        this.limits = limits;
        this.head = new HeadReader(limits.head());
        this.chunks = new ChunkReader(limits);
        head.clear();
    }

    public Phase phase() {
        return phase;
    }

    /// Once there is one, no further byte is looked at.
    public Fault fault() {
        return fault;
    }

    /// The response to this request has no body, whatever its head says.
    public boolean bodiless() {
        return head.bodiless();
    }

    /// The request that was followed to its end has been answered: look out for the next.
    public void next() {
        phase = Phase.IDLE;
        head.clear();
    }

    /// Reads on, at most to the end of the current request.
    ///
    /// As long as the head is incomplete its bytes are kept here: [#release] gives them back, to stand before those
    /// read now.
    ///
    /// @return the position after the last byte that belongs to the request
    public int read(byte[] bytes, int from, int to) {
        return switch (phase) {
            case IDLE, HEAD -> head(bytes, from, to);
            case BODY -> body(bytes, from, to);
            case COMPLETE -> from;
        };
    }

    /// The part of the head that came before the last read; empty when all came at once, as it nearly always does.
    public byte[] release() {
        var released = keptLength == 0 ? NOTHING : Arrays.copyOf(kept, keptLength);
        kept = NOTHING;
        keptLength = 0;
        return released;
    }

    private int head(byte[] bytes, int from, int to) {
        if (phase == Phase.IDLE) {
            var end = head.read(bytes, from, to);
            return headRead(end, bytes, from, to);
        }
        var before = keptLength;
        keep(bytes, from, to);
        var end = head.read(kept, 0, keptLength);
        keptLength = end == HeadReader.MORE ? keptLength : before;
        return end == HeadReader.MORE ? headRead(end, bytes, to, to) : headRead(from + end - before, bytes, from, to);
    }

    private int headRead(int end, byte[] bytes, int from, int to) {
        fault = head.fault();
        if (fault != Fault.NONE) {
            return from;
        }
        if (end == HeadReader.MORE) {
            phase = Phase.HEAD;
            keep(bytes, from, to);
            return to;
        }
        expectBody();
        return fault == Fault.NONE ? body(bytes, end, to) : end;
    }

    private void expectBody() {
        phase = Phase.BODY;
        missing = head.length();
        if (missing > limits.body()) {
            fault = Fault.BODY_TOO_LARGE;
        }
        if (head.chunked()) {
            chunks.start();
        }
    }

    private int body(byte[] bytes, int from, int to) {
        int end;
        if (head.chunked()) {
            end = chunks.read(bytes, from, to);
            fault = chunks.fault();
            phase = chunks.done() ? Phase.COMPLETE : Phase.BODY;
        } else {
            end = from + (int) Math.min(missing, to - from);
            missing -= end - from;
            phase = missing == 0 ? Phase.COMPLETE : Phase.BODY;
        }
        return end;
    }

    /// Never more than a head may have, so a peer that drips costs memory once and time in proportion.
    private void keep(byte[] bytes, int from, int to) {
        var most = limits.head().total() + 2; // its last CR LF is not counted
        var added = Math.min(to - from, most - keptLength);
        if (keptLength + added > kept.length) {
            kept = Arrays.copyOf(kept, Math.min(most, Math.max(512, 2 * (keptLength + added))));
        }
        System.arraycopy(bytes, from, kept, keptLength, added);
        keptLength += added;
    }
}
