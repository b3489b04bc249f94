package gatehouse.session.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;

/// The calls of one session that are under way, by the id the client gave each.
///
/// A place on it is a lease. Prompt calls are gone long before it ends; a slow one renews it, and so comes back to the
/// roll of a session that was moved. The place of one that died with its node, or whose leaving was lost, is free when
/// its lease is over. The wish to have a request back is kept as long, for a call that is not here yet or did not hear.
final class Roll {

    /// Wishes kept at a time; before that many calls come back to a roll, they have renewed their leases.
    private static final int WISHES = 64;

    /// Characters of a wish; an id that is longer is told to its call, but not kept.
    private static final int LONGEST = 256;

    private record Place(ActorRef<Word> call, Instant until) {}

    private record Wish(String reason, Instant until) {}

    private final Duration lease;
    private final Map<String, Place> calls = new HashMap<>();
    private final Map<String, Wish> wishes = new LinkedHashMap<>();

    Roll(Duration lease) {
        this.lease = lease;
    }

    /// What becomes of a call that wants to enter.
    enum Entrance {
        /// Now, or before: then it asks again because it did not hear so.
        ENTERED,
        /// Another call has this id.
        TAKEN
    }

    Entrance enter(String request, ActorRef<Word> call, Instant now) {
        var before = present(request, now);
        if (before.filter(place -> !place.call().equals(call)).isPresent()) {
            return Entrance.TAKEN;
        }
        if (before.isEmpty()) {
            wishes.remove(request); // it was for the call before
        }
        place(request, call, now);
        return Entrance.ENTERED;
    }

    /// A call that has entered is still there, whether or not this roll has heard of it. It makes way for another
    /// that
    /// has its id by now.
    void stay(String request, ActorRef<Word> call, Instant now) {
        if (present(request, now).filter(place -> !place.call().equals(call)).isEmpty()) {
            place(request, call, now);
        }
    }

    private void place(String request, ActorRef<Word> call, Instant now) {
        calls.put(request, new Place(call, now.plus(lease)));
        Optional.ofNullable(wishes.get(request))
                .filter(wish -> now.isBefore(wish.until()))
                .ifPresent(wish -> call.tell(new Word.Cancelled(wish.reason())));
    }

    private Optional<Place> present(String request, Instant now) {
        return Optional.ofNullable(calls.get(request)).filter(place -> now.isBefore(place.until()));
    }

    /// Only who entered can leave: the id may be entered again by the time an old call gives up. Whether nobody has
    /// it now.
    boolean leave(String request, ActorRef<Word> call) {
        var place = calls.get(request);
        if (place == null) {
            return true;
        }
        if (!place.call().equals(call)) {
            return false;
        }
        calls.remove(request);
        wishes.remove(request);
        return true;
    }

    /// A request nobody knows is not an error: its answer may have crossed the wish to have it back.
    void cancel(String request, String reason, Instant now) {
        keep(request, reason, now);
        present(request, now).ifPresent(place -> place.call().tell(new Word.Cancelled(reason)));
    }

    private void keep(String request, String reason, Instant now) {
        if (request.length() > LONGEST) {
            return;
        }
        wishes.values().removeIf(wish -> !now.isBefore(wish.until()));
        wishes.put(request, new Wish(reason.length() > LONGEST ? "" : reason, now.plus(lease)));
        if (wishes.size() > WISHES) {
            wishes.remove(wishes.keySet().iterator().next());
        }
    }

    void cancelAll() {
        calls.values().forEach(place -> place.call().tell(new Word.Cancelled("")));
        calls.clear();
    }

    boolean isEmpty(Instant now) {
        return calls.values().stream().noneMatch(place -> now.isBefore(place.until()));
    }

    /// Takes those off whose leases are over.
    List<String> lapse(Instant now) {
        var over = calls.entrySet().stream()
                .filter(call -> !now.isBefore(call.getValue().until()))
                .map(Map.Entry::getKey)
                .toList();
        over.forEach(calls::remove);
        return over;
    }
}
