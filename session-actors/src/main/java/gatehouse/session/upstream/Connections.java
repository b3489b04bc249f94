package gatehouse.session.upstream;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.ActorSystem;

/// The connections to one upstream, and the turns that wait for one.
///
/// A turn takes the connection that was used last, or opens one. What may have been sent is never sent again. The lock is
/// held for a few steps and never across a call to anything else: an actor would cost every call two changes of thread.
final class Connections {

    private final ActorSystem<?> system;
    private final Opener opener;
    private final UpstreamSettings.Pool settings;
    private final ReentrantLock lock = new ReentrantLock();
    private final Shares shares;
    private final Deque<Connection> idle = new ArrayDeque<>(); // longest unused first
    private final Deque<Turn> waiting = new ArrayDeque<>();
    private boolean sweeping;
    private boolean closed;

    Connections(ActorSystem<?> system, Opener opener, Shares shares, UpstreamSettings.Pool settings) {
        this.system = system;
        this.opener = opener;
        this.shares = shares;
        this.settings = settings;
    }

    /// Where a turn found itself.
    private enum Place {
        GO,
        WAIT,
        FULL,
        CLOSED
    }

    void carry(Turn turn) {
        switch (place(turn)) {
            case GO -> start(turn);
            case WAIT -> queue(turn);
            case FULL -> turn.giveUp(Fault.notSent("all connections are in use"));
            case CLOSED -> turn.giveUp(Fault.notSent("upstream was withdrawn"));
        }
    }

    private Place place(Turn turn) {
        lock.lock();
        try {
            if (closed) {
                return Place.CLOSED;
            }
            if (shares.take(turn.share())) {
                return Place.GO;
            }
            if (turn.share() == Share.STREAM || waiting.size() >= settings.waiting()) {
                return Place.FULL;
            }
            waiting.add(turn);
            return Place.WAIT;
        } finally {
            lock.unlock();
        }
    }

    private void queue(Turn turn) {
        var patience = after(settings.patience(), () -> {
            if (leaveQueue(turn)) {
                turn.giveUp(Fault.notSent("no connection came free in time"));
            }
        });
        turn.whenOver(() -> {
            patience.cancel();
            leaveQueue(turn);
        });
    }

    private boolean leaveQueue(Turn turn) {
        lock.lock();
        try {
            return waiting.remove(turn);
        } finally {
            lock.unlock();
        }
    }

    /// The turn has a share, and needs a connection.
    private void start(Turn turn) {
        var taken = takeIdle();
        while (taken.isPresent()) {
            if (taken.get().start(turn)) {
                return;
            }
            taken = takeIdle();
        }
        opener.open(this).whenComplete((opened, failure) -> {
            if (failure == null && opened instanceof Opener.Open(var connection)) {
                if (!connection.start(turn)) {
                    lost(turn, Fault.notSent("connection closed as it was made"));
                }
            } else if (opened instanceof Opener.Shut(var fault)) {
                shut(turn, fault);
            } else {
                shut(turn, Fault.notSent("connection could not be made"));
            }
        });
    }

    private Optional<Connection> takeIdle() {
        lock.lock();
        try {
            var last = Optional.ofNullable(idle.pollLast());
            return last.filter(connection -> connection.idleNanos(System.nanoTime()) < settings.idle().toNanos());
        } finally {
            lock.unlock();
        }
    }

    /// A turn is through, and its connection may carry another.
    void freed(Connection connection, Turn turn) {
        release(turn, Optional.of(connection)).ifPresent(this::start);
    }

    /// A connection is gone, and with it what its turn may have had carried out.
    void lost(Turn turn, Fault fault) {
        if (turn.triesAgain()) {
            start(turn);
        } else {
            shut(turn, turn.wasSent() ? fault : Fault.notSent("connection closed before it was used"));
        }
    }

    void lost(Connection connection) {
        lock.lock();
        try {
            idle.remove(connection);
        } finally {
            lock.unlock();
        }
    }

    /// A turn is through, and its connection is of no further use.
    void abandoned(Turn turn) {
        release(turn, Optional.empty()).ifPresent(this::start);
    }

    private void shut(Turn turn, Fault fault) {
        abandoned(turn);
        turn.complete(new Reply.Failed(fault));
    }

    boolean becomesStream(Turn turn) {
        Optional<Turn> next;
        lock.lock();
        try {
            if (turn.share() == Share.CALL) {
                turn.becomes(shares.turnedStream());
            }
            if (turn.share() == Share.CALL) {
                return false;
            }
            next = next();
        } finally {
            lock.unlock();
        }
        next.ifPresent(this::start);
        return true;
    }

    private Optional<Turn> release(Turn turn, Optional<Connection> connection) {
        lock.lock();
        try {
            shares.give(turn.share());
            connection.ifPresent(this::rest);
            return next();
        } finally {
            lock.unlock();
        }
    }

    private void rest(Connection connection) {
        if (closed) {
            connection.closeIdle();
            return;
        }
        idle.addLast(connection);
        if (!sweeping) {
            sweeping = true;
            after(settings.idle(), this::sweep);
        }
    }

    /// The turn that has waited longest, with its share taken.
    private Optional<Turn> next() {
        while (!waiting.isEmpty() && waiting.getFirst().isOver()) {
            waiting.removeFirst();
        }
        return waiting.isEmpty() || !shares.take(Share.CALL) ? Optional.empty() : Optional.of(waiting.removeFirst());
    }

    private void sweep() {
        var tired = new ArrayList<Connection>();
        lock.lock();
        try {
            var now = System.nanoTime();
            while (!idle.isEmpty() && idle.getFirst().idleNanos(now) >= settings.idle().toNanos()) {
                tired.add(idle.removeFirst());
            }
            sweeping = !idle.isEmpty();
            if (sweeping) {
                after(settings.idle().minusNanos(idle.getFirst().idleNanos(now)), this::sweep);
            }
        } finally {
            lock.unlock();
        }
        tired.forEach(Connection::closeIdle);
    }

    /// Takes nothing new; what is under way ends as it may.
    void close() {
        List<Turn> left;
        lock.lock();
        try {
            closed = true;
            idle.forEach(Connection::closeIdle);
            idle.clear();
            left = List.copyOf(waiting);
            waiting.clear();
        } finally {
            lock.unlock();
        }
        left.forEach(turn -> turn.giveUp(Fault.notSent("upstream was withdrawn")));
    }

    /// In use and idle, for those who count.
    int open() {
        lock.lock();
        try {
            return shares.inUse() + idle.size();
        } finally {
            lock.unlock();
        }
    }

    int inUse() {
        lock.lock();
        try {
            return shares.inUse();
        } finally {
            lock.unlock();
        }
    }

    private Cancellable after(Duration delay, Runnable step) {
        return system.scheduler().scheduleOnce(delay, step, system.executionContext());
    }
}
