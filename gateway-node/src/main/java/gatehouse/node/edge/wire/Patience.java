package gatehouse.node.edge.wire;

import gatehouse.node.edge.wire.Framing.Phase;

/// When the edge stops waiting for one client, on the clock of [Connections#now].
///
/// While a body is read its clock runs only as long as we wait for bytes: a client does not pay for a slow reader
/// behind us.
final class Patience {

    static final long NEVER = Long.MAX_VALUE;

    private final Deadlines deadlines;
    private long since; // the beginning of what is waited for: a request, the rest of its head, a close
    private long writtenAt = NEVER;
    private boolean leaving;
    private long received;
    private long waited;
    private long waitingSince = NEVER;

    Patience(Deadlines deadlines) {
        this.deadlines = deadlines;
    }

    /// From now a request is waited for, or the rest of its head or body.
    void begin(Phase phase, long now) {
        since = now;
        if (phase == Phase.BODY) {
            received = 0;
            waited = 0;
            waitingSince = NEVER;
        }
    }

    /// The last byte was written; the client may read it and close.
    void leave(long now) {
        leaving = true;
        since = now;
    }

    /// Bytes were written that the socket has not taken yet.
    void written(long now) {
        writtenAt = now;
    }

    void taken() {
        writtenAt = NEVER;
    }

    void awaitBody(long now) {
        waitingSince = now;
    }

    void bodyCame(long bytes, long now) {
        received += bytes;
        waited += waitingSince == NEVER ? 0 : now - waitingSince;
        waitingSince = NEVER;
    }

    /// The client has taken nothing of what was written, for too long.
    boolean stalled(long now) {
        return stall() <= now;
    }

    long due(Phase phase) {
        return Math.min(stall(), leaving ? since + deadlines.linger().toNanos() : due(phase, since));
    }

    private long due(Phase phase, long from) {
        return switch (phase) {
            case IDLE -> from + deadlines.idle().toNanos();
            case HEAD -> from + deadlines.head().toNanos();
            case BODY -> waitingSince == NEVER ? NEVER : waitingSince + deadlines.patience(received) - waited;
            case COMPLETE -> NEVER;
        };
    }

    private long stall() {
        return writtenAt == NEVER ? NEVER : writtenAt + deadlines.stall().toNanos();
    }
}
