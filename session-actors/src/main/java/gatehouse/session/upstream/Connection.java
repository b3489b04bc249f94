package gatehouse.session.upstream;

import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.stream.stage.AsyncCallback;

/// One connection to an upstream, held by one turn at a time.
///
/// Who holds it is decided by one atomic step, so that a connection that dies at the very moment it is taken either
/// carries the turn or provably never touched it.
final class Connection {

    /// Who holds a connection: a turn, or nobody.
    sealed interface State permits Turn, Nobody {}

    /// The states of a connection that carries no turn.
    enum Nobody implements State {
        IDLE,
        DEAD
    }

    private final AtomicReference<State> state = new AtomicReference<>(Nobody.IDLE);
    private final Connections pool;
    private final AsyncCallback<Turn> begin;
    private final AsyncCallback<State> end;
    private volatile long idleSince = System.nanoTime();

    Connection(Connections pool, AsyncCallback<Turn> begin, AsyncCallback<State> end) {
        this.pool = pool;
        this.begin = begin;
        this.end = end;
    }

    /// False if it died; then the turn is untouched.
    boolean start(Turn turn) {
        if (!state.compareAndSet(Nobody.IDLE, turn)) {
            return false;
        }
        turn.heldBy(() -> closeOn(turn));
        begin.invoke(turn);
        return true;
    }

    /// The turn is through with it, and it may carry another.
    void free(Turn turn) {
        if (state.compareAndSet(turn, Nobody.IDLE)) {
            idleSince = System.nanoTime();
            pool.freed(this, turn);
        }
    }

    /// The turn is through with it, and nobody is to have it again.
    void abandon(Turn turn) {
        if (state.compareAndSet(turn, Nobody.DEAD)) {
            pool.abandoned(turn);
        }
    }

    /// The turn's answer became a stream. False if there is no room for one more.
    boolean becomesStream(Turn turn) {
        return pool.becomesStream(turn);
    }

    /// Closes it if that turn still holds it.
    void closeOn(Turn turn) {
        end.invoke(turn);
    }

    void closeIdle() {
        end.invoke(Nobody.IDLE);
    }

    long idleNanos(long now) {
        return now - idleSince;
    }

    State state() {
        return state.get();
    }

    /// It is gone for good.
    void died(Fault fault) {
        switch (state.getAndSet(Nobody.DEAD)) {
            case Turn turn -> pool.lost(turn, fault);
            case Nobody _ -> pool.lost(this);
        }
    }
}
