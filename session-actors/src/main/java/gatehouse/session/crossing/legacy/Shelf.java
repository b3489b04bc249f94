package gatehouse.session.crossing.legacy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// Things learnt by asking, each kept for a while: however many want one at once, it is asked for once. The one that
/// was
/// not wanted for longest makes room for a new one.
final class Shelf<K, V> {

    /// Something learnt, and how long it holds.
    record Learnt<V>(V value, Duration holds) {}

    private final int most;
    private final InstantSource clock;
    private final LinkedHashMap<K, Kept<V>> kept = new LinkedHashMap<>(16, 0.75f, true);

    /// @param value fails if it could not be learnt
    /// @param until nobody knows before it is there
    private record Kept<V>(CompletableFuture<V> value, CompletableFuture<Instant> until) {
        boolean holdsAt(Instant now) {
            return !until.isDone() || now.isBefore(until.join());
        }
    }

    Shelf(int most, InstantSource clock) {
        this.most = most;
        this.clock = clock;
    }

    /// @param failed how long it is not asked again after a failure
    CompletableFuture<V> get(K key, Supplier<CompletableFuture<Learnt<V>>> ask, Duration failed) {
        var mine = new Kept<V>(new CompletableFuture<>(), new CompletableFuture<>());
        synchronized (kept) {
            var there = kept.get(key);
            if (there != null && there.holdsAt(clock.instant())) {
                return there.value();
            }
            kept.put(key, mine);
            if (kept.size() > most) {
                kept.remove(kept.firstEntry().getKey());
            }
        }
        var _ = asked(ask).whenComplete((learnt, failure) -> {
            if (failure == null) {
                mine.until().complete(clock.instant().plus(learnt.holds()));
                mine.value().complete(learnt.value());
            } else {
                mine.until().complete(clock.instant().plus(failed));
                mine.value().completeExceptionally(failure);
            }
        });
        return mine.value();
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

    /// Forgets it only if this is what is kept: somebody else may have learnt better meanwhile.
    void forget(K key, V value) {
        synchronized (kept) {
            var there = kept.get(key);
            if (there != null
                    && there.value()
                            .thenApply(value::equals)
                            .exceptionally(failure -> false)
                            .getNow(false)) {
                kept.remove(key);
            }
        }
    }

    int size() {
        synchronized (kept) {
            return kept.size();
        }
    }
}
