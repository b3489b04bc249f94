package gatehouse.session.lifecycle;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/// Calls held while the way to what an upstream says by itself is being opened, and no longer than a moment.
///
/// A client that listens first and calls next must hear what the call makes the upstream say by itself. Here both go
/// their own ways, so the call waits for the other to arrive.
final class Settling {

    /// Calls that wait; any more go ahead.
    private static final int WAITING = 64;

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final ActorContext<SessionActor.Command> context;
    private final Map<ActorRef<Word>, Runnable> waiting = new LinkedHashMap<>();
    private boolean settled = true;

    Settling(ActorContext<SessionActor.Command> context) {
        this.context = context;
    }

    void begin() {
        settled = false;
        context.scheduleOnce(PATIENCE, context.getSelf(), new Tidings.LinkSettled());
    }

    /// Whether `then` has to wait; it is done at the end, once for each who asks.
    boolean keeps(ActorRef<Word> who, Runnable then) {
        if (settled || waiting.size() == WAITING) {
            return false;
        }
        waiting.put(who, then);
        return true;
    }

    boolean keeps(ActorRef<Word> who) {
        return waiting.containsKey(who);
    }

    void end() {
        settled = true;
        var due = List.copyOf(waiting.values());
        waiting.clear();
        due.forEach(Runnable::run);
    }
}
