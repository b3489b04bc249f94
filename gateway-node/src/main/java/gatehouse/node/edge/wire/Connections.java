package gatehouse.node.edge.wire;

import java.net.InetAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/// The open connections of one edge: counted, bounded, and woken when a deadline of theirs has passed.
///
/// One sweep over all of them replaces a timer for each: a request then costs two plain writes instead of two timers.
public final class Connections {

    private static final long START = System.nanoTime();

    private final int most;
    private final int mostPerAddress;
    private final IntConsumer refused;
    private final AtomicInteger open = new AtomicInteger();
    private final ConcurrentMap<InetAddress, Integer> perAddress = new ConcurrentHashMap<>();
    private final Set<Connection> watched = ConcurrentHashMap.newKeySet();

    /// Bounds them.
    ///
    /// @param mostPerAddress 0 for as many as `most`
    /// @param refused hears the status of each refusal that is said below HTTP
    public Connections(int most, int mostPerAddress, IntConsumer refused) {
        this.refused = refused;
        this.most = most;
        this.mostPerAddress = mostPerAddress == 0 ? most : mostPerAddress;
    }

    /// Nanoseconds since the first connection, so that they can be compared without overflow.
    static long now() {
        return System.nanoTime() - START;
    }

    public int open() {
        return open.get();
    }

    /// Counts a connection in, unless it is one too many; what was counted in must be [left][#leave] again.
    public boolean enter(InetAddress address) {
        if (open.incrementAndGet() > most) {
            open.decrementAndGet();
            return false;
        }
        if (perAddress.merge(address, 1, Integer::sum) > mostPerAddress) {
            leave(address);
            return false;
        }
        return true;
    }

    /// Somebody is told that, and why, they are not served.
    public void refused(Fault fault) {
        refused.accept(fault.status());
    }

    public void leave(InetAddress address) {
        perAddress.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
        open.decrementAndGet();
    }

    public void sweep() {
        var now = now();
        for (var connection : watched) {
            if (connection.due() <= now) {
                connection.tell(Connection.Signal.DUE);
            }
        }
    }

    public void tellAll(Connection.Signal signal) {
        watched.forEach(connection -> connection.tell(signal));
    }

    void watch(Connection connection) {
        watched.add(connection);
    }

    void forget(Connection connection) {
        watched.remove(connection);
    }
}
