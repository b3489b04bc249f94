package gatehouse.node.edge;

import gatehouse.policy.verdict.Denial;

/// Ends a stream of bytes for which there is no room.
final class Full extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Denial denial;

    Full(Denial denial) {
        super("no room", null, false, false);
        this.denial = denial;
    }

    Denial denial() {
        return denial;
    }
}
