package gatehouse.session.crossing.legacy;

import gatehouse.policy.rate.Hoard;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/// Things learnt by asking, each kept for a while: however many want one at once, it is asked for once. Where there is
/// too much, what is kept for whoever most is kept for makes room, the longest unwanted first.
final class Shelf<K, V> {

    /// Something learnt, and how long it holds.
    record Learnt<V>(V value, Duration holds) {}

    /// How much there is room for, and how it is shared.
    ///
    /// @param most things
    /// @param bytes of all of them
    record Room<K, V>(int most, long bytes, ToLongFunction<V> weigh, Function<K, Hoard.Holder> holder) {}

    /// What one costs beside what was learnt.
    private static final int OVERHEAD = 200;

    private final Room<K, V> room;
    private final InstantSource clock;
    private final Hoard<K, Kept<V>> kept;
    private final LinkedHashMap<K, Instant> doubted = new LinkedHashMap<>(); // longest ago first

    /// @param value fails if it could not be learnt
    /// @param until nobody knows before it is there
    private record Kept<V>(CompletableFuture<V> value, CompletableFuture<Instant> until, long weight) {
        Kept<V> weighing(long more) {
            return new Kept<>(value, until, weight + more);
        }

        boolean holdsAt(Instant now) {
            return !until.isDone() || now.isBefore(until.join());
        }
    }

    Shelf(Room<K, V> room, InstantSource clock) {
        this.room = room;
        this.clock = clock;
        this.kept = new Hoard<>(room.most(), room.bytes(), Kept::weight, room.holder());
    }

    /// @param failed how long it is not asked again after a failure
    CompletableFuture<V> get(K key, Supplier<CompletableFuture<Learnt<V>>> ask, Duration failed) {
        var mine = new Kept<V>(new CompletableFuture<>(), new CompletableFuture<>(), OVERHEAD);
        synchronized (kept) {
            var there = kept.get(key);
            if (there.filter(one -> one.holdsAt(clock.instant())).isPresent()) {
                return there.get().value();
            }
            kept.put(key, mine);
        }
        var _ = asked(ask).whenComplete((learnt, failure) -> {
            if (failure == null) {
                mine.until().complete(clock.instant().plus(learnt.holds()));
                weigh(key, mine, learnt.value());
                mine.value().complete(learnt.value());
            } else {
                mine.until().complete(clock.instant().plus(failed));
                mine.value().completeExceptionally(failure);
            }
        });
        return mine.value();
    }

    private void weigh(K key, Kept<V> mine, V value) {
        synchronized (kept) {
            if (kept.get(key).filter(mine::equals).isPresent()) {
                kept.put(key, mine.weighing(room.weigh().applyAsLong(value)));
            }
        }
    }

    /// Whoever else wants it waits for the answer, so that there has to be one.
    private static <T> CompletableFuture<T> asked(Supplier<CompletableFuture<T>> ask) {
        try {
            return ask.get();
        } catch (RuntimeException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    /// What was learnt is true no more. What is being asked right now may be older than the change, and goes too.
    void forget(K key) {
        synchronized (kept) {
            kept.remove(key);
        }
    }

    /// Forgets it only if this is what is kept: somebody else may have learnt better meanwhile. What was doubted
    /// lately
    /// is not doubted again at once, or whoever makes each call doubtful would have it asked for at each call.
    ///
    /// @param pause from one doubt to the next
    void doubt(K key, V value, Duration pause) {
        synchronized (kept) {
            var isThis = kept.get(key)
                    .map(Kept::value)
                    .filter(there -> there.thenApply(value::equals)
                            .exceptionally(failure -> false)
                            .getNow(false));
            if (isThis.isPresent() && isDoubtful(key, pause)) {
                kept.remove(key);
            }
        }
    }

    private boolean isDoubtful(K key, Duration pause) {
        var now = clock.instant();
        while (!doubted.isEmpty()
                && (doubted.size() > room.most()
                        || !now.isBefore(doubted.firstEntry().getValue().plus(pause)))) {
            doubted.pollFirstEntry();
        }
        return Optional.ofNullable(doubted.putIfAbsent(key, now)).isEmpty();
    }

    int size() {
        synchronized (kept) {
            return kept.size();
        }
    }
}
