package gatehouse.session.crossing.modern;

import gatehouse.config.catalogue.Upstream;
import gatehouse.policy.verdict.Principal;
import gatehouse.session.upstream.Peer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.pekko.actor.typed.ActorSystem;

/// The legs this node holds for clients of the modern era: one per principal and upstream, for as long as it is used.
/// All who come without a key are one principal; their calls that may be asked get legs of their own beside that one,
/// each for one call at a time: on a shared one a stranger could hear what another is asked.
///
/// The lock is held for a few steps and never across a call to anything else: an actor would cost every call two
/// changes of thread.
final class Legs {

    private static final String ALL_OF_NODE = "this node holds as many as it may, and all of them are in use";

    private final ActorSystem<?> system;
    private final Function<Upstream, Peer> wire;
    private final ModernSettings settings;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<LegKey, Place> places = new HashMap<>();
    private final Map<SharedLeg, Place> withdrawn = new HashMap<>();

    /// Where a leg is kept: how many use it now, and when the last of them left.
    private static final class Place {
        private final SharedLeg leg;
        private int users;
        private Instant left = Instant.EPOCH;

        Place(SharedLeg leg) {
            this.leg = leg;
        }

        boolean isIdle() {
            return users == 0;
        }
    }

    Legs(ActorSystem<?> system, Function<Upstream, Peer> wire, ModernSettings settings, InstantSource clock) {
        this.system = system;
        this.wire = wire;
        this.settings = settings;
        this.clock = clock;
    }

    /// What came of asking for a leg.
    sealed interface Taken {
        /// To be given back.
        record Had(SharedLeg leg) implements Taken {}

        /// There are as many as there may be, and all of them are in use.
        record Full(String which) implements Taken {}
    }

    Taken take(Principal principal, Upstream upstream) {
        return take(() -> Optional.of(new LegKey(principal, upstream)), "");
    }

    /// One that no other call has. It was given back clean, if any had it before.
    Taken own(Principal principal, Upstream upstream) {
        var most = settings.legs().ofAnonymous();
        return take(
                () -> own(new LegKey(principal, upstream), most),
                "all " + most + " that calls without an agent key may have there, each for itself as its client can be"
                        + " asked, are in use");
    }

    private Taken take(Supplier<Optional<LegKey>> which, String otherwise) {
        var evicted = new ArrayList<SharedLeg>(1);
        var taken =
                locked(() -> which.get().map(key -> taken(key, evicted)).orElseGet(() -> new Taken.Full(otherwise)));
        evicted.forEach(SharedLeg::close);
        return taken;
    }

    private Taken taken(LegKey key, List<SharedLeg> evicted) {
        var place = Optional.ofNullable(places.get(key)).or(() -> room(key, evicted));
        place.ifPresent(found -> found.users++);
        return place.<Taken>map(found -> new Taken.Had(found.leg)).orElseGet(() -> new Taken.Full(ALL_OF_NODE));
    }

    /// One that is idle, or else one that could be opened.
    private Optional<LegKey> own(LegKey shared, int most) {
        var free = Optional.<LegKey>empty();
        for (var number = 1; number <= most; number++) {
            var key = shared.own(number);
            var place = places.get(key);
            if (place != null && place.isIdle()) {
                return Optional.of(key);
            }
            free = place == null ? free.or(() -> Optional.of(key)) : free;
        }
        return free;
    }

    /// The leg on which a call's client asks for lists and listens; the call's own if there is no other.
    SharedLeg common(SharedLeg leg) {
        if (!leg.key().isOwn()) {
            return leg;
        }
        var shared = locked(() -> Optional.ofNullable(places.get(leg.key().shared())));
        return shared.map(place -> place.leg).orElse(leg);
    }

    /// Gives back one that the next call may have.
    void giveBack(SharedLeg leg) {
        giveBack(leg, true);
    }

    /// @param clean whether a leg that a call had for itself may be another's next: nothing was told there that is
    ///     nobody else's, and nothing more will be asked
    void giveBack(SharedLeg leg, boolean clean) {
        var over = locked(() -> {
            var kept = places.get(leg.key());
            if (kept != null && kept.leg == leg) {
                kept.users--;
                kept.left = clock.instant();
                return leg.key().isOwn() && !clean && places.remove(leg.key()) != null;
            }
            var stale = withdrawn.get(leg);
            return stale != null && --stale.users == 0 && withdrawn.remove(leg) != null;
        });
        if (over) {
            var _ = leg.close();
        }
    }

    /// Ends what nobody used for long.
    void sweep() {
        var until = clock.instant().minus(settings.legs().idle());
        removed(place -> place.isIdle() && !place.left.isAfter(until)).forEach(Gone::close);
    }

    /// Lets go of the legs that may not be held any more; those in use end with their last call.
    void retain(Predicate<LegKey> holds) {
        var stale = locked(() -> Set.copyOf(places.keySet())).stream()
                .filter(holds.negate())
                .collect(Collectors.toSet());
        removed(place -> stale.contains(place.leg.key())).forEach(Gone::close);
    }

    /// Ends all of them, in use or not.
    CompletableFuture<Void> close() {
        var all = new ArrayList<SharedLeg>();
        locked(() -> {
            places.values().forEach(place -> all.add(place.leg));
            all.addAll(withdrawn.keySet());
            places.clear();
            withdrawn.clear();
            return all;
        });
        return CompletableFuture.allOf(
                all.stream().map(leg -> leg.close().toCompletableFuture()).toArray(CompletableFuture[]::new));
    }

    int count() {
        return locked(() -> places.size() + withdrawn.size());
    }

    private Optional<Place> room(LegKey key, List<SharedLeg> evicted) {
        var upstream = key.upstream();
        var there = places.keySet().stream()
                .filter(other -> other.upstream().equals(upstream))
                .count();
        if (there >= settings.legs().ofUpstream()
                && !evict(place -> place.leg.key().upstream().equals(upstream), evicted)) {
            return Optional.empty();
        }
        if (places.size() >= settings.legs().ofNode() && !evict(place -> true, evicted)) {
            return Optional.empty();
        }
        var place = new Place(new SharedLeg(key, wire.apply(upstream), system, settings.legs()));
        places.put(key, place);
        return Optional.of(place);
    }

    private boolean evict(Predicate<Place> which, List<SharedLeg> evicted) {
        var oldest = places.values().stream()
                .filter(place -> place.isIdle() && which.test(place))
                .min(Comparator.comparing(place -> place.left));
        oldest.ifPresent(place -> {
            places.remove(place.leg.key());
            evicted.add(place.leg);
        });
        return oldest.isPresent();
    }

    /// A leg that no new call gets.
    private record Gone(SharedLeg leg, boolean idle) {
        void close() {
            leg.dismiss();
            if (idle) {
                var _ = leg.close();
            }
        }
    }

    private List<Gone> removed(Predicate<Place> which) {
        return locked(() -> {
            var gone = places.values().stream()
                    .filter(which)
                    .map(place -> new Gone(place.leg, place.isIdle()))
                    .toList();
            gone.forEach(each -> {
                var place = places.remove(each.leg.key());
                if (!each.idle && place != null) {
                    withdrawn.put(each.leg, place);
                }
            });
            return gone;
        });
    }

    private <T> T locked(Supplier<T> steps) {
        lock.lock();
        try {
            return steps.get();
        } finally {
            lock.unlock();
        }
    }
}
