package gatehouse.session.lifecycle;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;

/// The calls of one session that are under way, by the id the client gave each.
final class Roll {

    private final Map<String, ActorRef<Word>> calls = new HashMap<>();

    /// What becomes of a call that wants to enter.
    enum Entrance {
        /// Now, or before: then it asks again because it did not hear so.
        ENTERED,
        /// Another call has this id.
        TAKEN
    }

    Entrance enter(String request, ActorRef<Word> call) {
        var before = calls.putIfAbsent(request, call);
        return before == null || before.equals(call) ? Entrance.ENTERED : Entrance.TAKEN;
    }

    /// Only who entered can leave: the id may be entered again by the time an old call gives up. Whether nobody has
    /// it now.
    boolean leave(String request, ActorRef<Word> call) {
        calls.remove(request, call);
        return !calls.containsKey(request);
    }

    /// A request nobody knows is not an error: its answer may have crossed the wish to have it back.
    void cancel(String request, String reason) {
        Optional.ofNullable(calls.get(request)).ifPresent(call -> call.tell(new Word.Cancelled(reason)));
    }

    void cancelAll() {
        calls.values().forEach(call -> call.tell(new Word.Cancelled("")));
        calls.clear();
    }

    boolean isEmpty() {
        return calls.isEmpty();
    }
}
