package gatehouse.node.edge.wire;

import org.apache.pekko.stream.stage.AsyncCallback;

/// What the edge knows of one open connection from outside its stream: when it is due, and how to ring.
public final class Connection {

    /// What may be told to a connection.
    public enum Signal {
        DUE,
        DRAIN,
        CUT
    }

    private final AsyncCallback<Signal> bell;
    private volatile long due = Patience.NEVER;

    Connection(AsyncCallback<Signal> bell) {
        this.bell = bell;
    }

    void tell(Signal signal) {
        bell.invoke(signal);
    }

    long due() {
        return due;
    }

    void due(long nanoTime) {
        due = nanoTime;
    }
}
