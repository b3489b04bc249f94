package gatehouse.session.upstream;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.ActorSystem;

/// The connections to one upstream, and the turns that wait for one.
///
/// A turn takes the connection that was used last, or opens one. What may have been sent is never sent again. The lock
/// is
/// held for a few steps and never across a call to anything else: an actor would cost every call two changes of thread.
final class Connections {

    private final ActorSystem<?> system;
    private final Opener opener;
    private final UpstreamSettings.Pool settings;
    private final ReentrantLock lock = new ReentrantLock();
    private final Shares shares;
    private final IdleConnections idle;
    private final Deque<Turn> waiting = new ArrayDeque<>();
    private boolean closed;

    Connections(ActorSystem<?> system, Opener opener, Shares shares, UpstreamSettings.Pool settings) {
        this.system = system;
        this.opener = opener;
        this.shares = shares;
        this.settings = settings;
        this.idle = new IdleConnections(system, settings.idle());
    }

    /// Where a turn found itself.
    private enum Place {
        GO,
        WAIT,
        FULL,
        CLOSED
    }

    void carry(Turn turn) {
        switch (locked(() -> place(turn))) {
            case GO -> start(turn);
            case WAIT -> queue(turn);
            case FULL -> turn.giveUp(Fault.notSent("all connections are in use"));
            case CLOSED -> turn.giveUp(Fault.notSent("upstream was withdrawn"));
        }
    }

    private Place place(Turn turn) {
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
        return locked(() -> waiting.remove(turn));
    }

    /// The turn has a share, and needs a connection.
    private void start(Turn turn) {
        var taken = idle.take();
        while (taken.isPresent()) {
            if (taken.get().start(turn)) {
                return;
            }
            taken = idle.take();
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

    /// A turn is through, and its connection may carry another.
    void freed(Connection connection, Turn turn) {
        idle.put(connection);
        abandoned(turn);
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
        idle.remove(connection);
    }

    /// A turn is through, and its connection is of no further use.
    void abandoned(Turn turn) {
        release(turn).ifPresent(this::start);
    }

    private void shut(Turn turn, Fault fault) {
        abandoned(turn);
        turn.complete(new Reply.Failed(fault));
    }

    /// A turn's answer became a stream. False if there is no room for one more.
    boolean becomesStream(Turn turn) {
        var room = locked(() -> {
            if (turn.share() == Share.CALL) {
                turn.becomes(shares.turnedStream());
            }
            return turn.share() != Share.CALL;
        });
        if (room) {
            locked(this::next).ifPresent(this::start);
        }
        return room;
    }

    private Optional<Turn> release(Turn turn) {
        return locked(() -> {
            shares.give(turn.share());
            return next();
        });
    }

    /// The turn that has waited longest, with its share taken.
    private Optional<Turn> next() {
        while (!waiting.isEmpty() && waiting.getFirst().isOver()) {
            waiting.removeFirst();
        }
        return waiting.isEmpty() || !shares.take(Share.CALL) ? Optional.empty() : Optional.of(waiting.removeFirst());
    }

    /// Takes nothing new; what is under way ends as it may.
    void close() {
        var left = locked(() -> {
            closed = true;
            return List.copyOf(waiting);
        });
        idle.close();
        left.forEach(turn -> turn.giveUp(Fault.notSent("upstream was withdrawn")));
    }

    /// In use and idle, for those who count.
    int open() {
        return inUse() + idle.size();
    }

    int inUse() {
        return locked(shares::inUse);
    }

    private <T> T locked(Supplier<T> steps) {
        lock.lock();
        try {
            return steps.get();
        } finally {
            lock.unlock();
        }
    }

    private Cancellable after(Duration delay, Runnable step) {
        return system.scheduler().scheduleOnce(delay, step, system.executionContext());
    }
}
