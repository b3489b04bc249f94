package gatehouse.session.upstream;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.pekko.actor.typed.ActorSystem;

/// The connections to one upstream that carry nothing just now, each kept for a while only.
///
/// The one used last is taken first: it is the least likely to be closed by the other side at that moment.
final class IdleConnections {

    private final ActorSystem<?> system;
    private final Duration longest;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Connection> idle = new ArrayDeque<>(); // longest unused first
    private boolean sweeping;
    private boolean closed;

    IdleConnections(ActorSystem<?> system, Duration longest) {
        this.system = system;
        this.longest = longest;
    }

    Optional<Connection> take() {
        lock.lock();
        try {
            var last = Optional.ofNullable(idle.pollLast());
            var fresh = last.filter(this::isFresh);
            if (fresh.isEmpty()) {
                last.ifPresent(Connection::closeIdle); // a pause made the sweeper late; the peer may be about to close
            }
            return fresh;
        } finally {
            lock.unlock();
        }
    }

    void put(Connection connection) {
        lock.lock();
        try {
            if (closed) {
                connection.closeIdle();
                return;
            }
            idle.addLast(connection);
            if (!sweeping) {
                sweeping = true;
                sweepAfter(longest);
            }
        } finally {
            lock.unlock();
        }
    }

    void remove(Connection connection) {
        lock.lock();
        try {
            idle.remove(connection);
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return idle.size();
        } finally {
            lock.unlock();
        }
    }

    /// Keeps none from here on.
    void close() {
        lock.lock();
        try {
            closed = true;
            idle.forEach(Connection::closeIdle);
            idle.clear();
        } finally {
            lock.unlock();
        }
    }

    private void sweep() {
        stale().forEach(Connection::closeIdle);
    }

    private List<Connection> stale() {
        var stale = new ArrayList<Connection>();
        lock.lock();
        try {
            while (!idle.isEmpty() && !isFresh(idle.getFirst())) {
                stale.add(idle.removeFirst());
            }
            sweeping = !idle.isEmpty();
            if (sweeping) {
                sweepAfter(longest.minusNanos(idle.getFirst().idleNanos(System.nanoTime())));
            }
            return stale;
        } finally {
            lock.unlock();
        }
    }

    private boolean isFresh(Connection connection) {
        return connection.idleNanos(System.nanoTime()) < longest.toNanos();
    }

    private void sweepAfter(Duration delay) {
        var next = delay.isNegative() ? Duration.ZERO : delay;
        system.scheduler().scheduleOnce(next, this::sweep, system.executionContext());
    }
}
