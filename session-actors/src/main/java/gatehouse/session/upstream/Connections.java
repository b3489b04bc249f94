package gatehouse.session.upstream;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.ActorSystem;

/// The connections to one upstream, and the turns that wait for one.
///
/// A turn takes the connection that was used last, or opens one. What may have been sent is never sent again. The lock
/// is held for a few steps and never across a call to anything else: an actor would cost every call two changes of
/// thread.
final class Connections {

    private final ActorSystem<?> system;
    private final Opener opener;
    private final UpstreamSettings.Pool settings;
    private final ReentrantLock lock = new ReentrantLock();
    private final Shares shares;
    private final Places places;
    private final IdleConnections idle;
    private boolean closed;

    Connections(ActorSystem<?> system, Opener opener, Shares shares, UpstreamSettings.Pool settings) {
        this.system = system;
        this.opener = opener;
        this.shares = shares;
        this.places = new Places(shares, settings.waiting());
        this.settings = settings;
        this.idle = new IdleConnections(system, settings.idle());
    }

    /// Where a turn found itself.
    private sealed interface Place {}

    private record Go() implements Place {}

    private record Wait() implements Place {}

    /// Somebody finds no place any more: this turn, or one that waited and made room for it.
    private record Full(Turn left) implements Place {}

    private record Closed() implements Place {}

    void carry(Turn turn) {
        switch (locked(() -> place(turn))) {
            case Go go -> start(turn);
            case Wait wait -> queue(turn);
            case Full(var left) -> {
                if (left != turn) {
                    queue(turn);
                }
                left.giveUp(Fault.notSent("all connections are in use"));
            }
            case Closed over -> turn.giveUp(Fault.notSent("upstream was withdrawn"));
        }
    }

    private Place place(Turn turn) {
        if (closed) {
            return new Closed();
        }
        if (places.take(turn)) {
            return new Go();
        }
        return turn.share() == Share.STREAM
                ? new Full(turn)
                : places.await(turn).<Place>map(Full::new).orElseGet(Wait::new);
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
        return locked(() -> places.leave(turn));
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
        var room = locked(() -> places.turnsStream(turn));
        if (room) {
            locked(places::next).ifPresent(this::start);
        }
        return room;
    }

    private Optional<Turn> release(Turn turn) {
        return locked(() -> {
            places.give(turn);
            return places.next();
        });
    }

    /// Takes nothing new; what is under way ends as it may.
    void close() {
        var left = locked(() -> {
            closed = true;
            return places.waiting();
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
