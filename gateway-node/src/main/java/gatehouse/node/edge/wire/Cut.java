package gatehouse.node.edge.wire;

/// Tells the socket to reset: the edge has given up on this client.
final class Cut extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Cut() {
        super("the edge has cut this connection", null, false, false);
    }
}
