package gatehouse.session.federation;

import gatehouse.config.catalogue.Upstream;
import gatehouse.policy.rate.Hoard;
import gatehouse.policy.verdict.Principal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// What members answered and may be answered again: to everybody if the upstream says so, else to the same principal.
///
/// However many ask at once, a member is asked once. One that failed is asked again after a while, and nobody waits for
/// it then; what it said before stands in for it, for a while.
final class ListCache<V extends Lasting> {

    /// A question to an upstream.
    ///
    /// @param what it is about, empty if the method says it all
    record Key(Upstream upstream, String method, String what) {}

    /// Whose an answer is; nobody's is everybody's.
    private record Scoped(Key key, Optional<Principal> owner) {
        Hoard.Holder holder() {
            return new Hoard.Holder(key.upstream(), owner);
        }
    }

    private final FederationSettings.Caching settings;
    private final InstantSource clock;
    private final Hoard<Scoped, Answered<V>> entries;
    private final Hoard<Scoped, Trial<V>> trials;
    private final AtomicLong numbers = new AtomicLong();
    private long changes;
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();

    ListCache(FederationSettings.Caching settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        this.entries = new Hoard<>(
                settings.entries(),
                settings.bytes(),
                entry -> 200 + entry.value().weight(),
                Scoped::holder);
        this.trials = new Hoard<>(settings.entries(), settings.entries(), trial -> 1, Scoped::holder);
    }

    /// What is known, good or not: enough for routing, as the upstream has the last word there.
    synchronized Optional<Answered<V>> known(Key key, Principal principal) {
        return entries.get(everybodys(key)).or(() -> entries.get(of(key, principal)));
    }

    /// A good answer, or one that stands in for it; fails where there is neither.
    CompletableFuture<Answered<V>> get(Key key, Principal principal, Supplier<CompletableFuture<V>> ask) {
        var now = clock.instant();
        var mine = Trial.<V>begun(numbers.incrementAndGet());
        Optional<Answered<V>> before;
        boolean failing;
        Scoped scoped;
        synchronized (this) {
            before = known(key, principal);
            if (before.filter(entry -> entry.goodAt(now)).isPresent()) {
                hits.increment();
                return CompletableFuture.completedFuture(before.get());
            }
            misses.increment();
            scoped = entries.get(everybodys(key)).isPresent() ? everybodys(key) : of(key, principal);
            var trial = trials.get(scoped);
            failing = trial.filter(Trial::failed).isPresent();
            if (trial.isPresent() && now.isBefore(trial.get().retry())) {
                return failing ? standIn(before, now) : trial.get().answer();
            }
            trials.put(scoped, failing ? mine.failing(Instant.MAX) : mine);
        }
        ask(scoped, principal, mine, ask);
        return failing && !mine.answer().isDone() ? standIn(before, now) : mine.answer();
    }

    /// How often anything was outdated: whoever asks on another way takes note before, and hands it in with the
    /// answer.
    synchronized long changes() {
        return changes;
    }

    /// Keeps what somebody was answered on another way, unless something changed since.
    synchronized void keep(Key key, Principal principal, V value, long changesBefore) {
        if (changes == changesBefore) {
            keep(of(key, principal), principal, value, false);
        }
    }

    /// A good answer, if there is one.
    synchronized Optional<Answered<V>> good(Key key, Principal principal) {
        var now = clock.instant();
        var found = known(key, principal).filter(entry -> entry.goodAt(now));
        (found.isPresent() ? hits : misses).increment();
        return found;
    }

    private void ask(Scoped scoped, Principal principal, Trial<V> mine, Supplier<CompletableFuture<V>> ask) {
        var _ = ask.get().whenComplete((value, failure) -> {
            if (failure == null) {
                mine.answer().complete(keep(scoped, principal, mine, value));
            } else {
                fail(scoped, mine, principal);
            }
        });
    }

    private synchronized Answered<V> keep(Scoped scoped, Principal principal, Trial<V> mine, V value) {
        var overtaken = trials.get(scoped).filter(Trial::outdated).isPresent();
        removeTrial(scoped, mine);
        return keep(scoped, principal, value, overtaken);
    }

    private Answered<V> keep(Scoped scoped, Principal principal, V value, boolean overtaken) {
        var now = clock.instant();
        var life = shortest(longest(value.life(), settings.floor()), settings.ceiling());
        var entry = new Answered<>(value, overtaken ? now : now.plus(life), numbers.incrementAndGet());
        if (value.shared()) {
            entries.remove(of(scoped.key(), principal));
            entries.put(everybodys(scoped.key()), entry);
        } else {
            entries.remove(everybodys(scoped.key()));
            entries.put(of(scoped.key(), principal), entry);
        }
        return entry;
    }

    private void fail(Scoped scoped, Trial<V> mine, Principal principal) {
        var now = clock.instant();
        CompletableFuture<Answered<V>> instead;
        synchronized (this) {
            trials.put(scoped, mine.failing(now.plus(settings.retry())));
            instead = standIn(known(scoped.key(), principal), now);
        }
        var _ = instead.whenComplete((entry, none) -> {
            if (none == null) {
                mine.answer().complete(entry);
            } else {
                mine.answer().completeExceptionally(none);
            }
        });
    }

    private void removeTrial(Scoped scoped, Trial<V> mine) {
        if (trials.get(scoped).filter(trial -> trial.number() == mine.number()).isPresent()) {
            trials.remove(scoped);
        }
    }

    private CompletableFuture<Answered<V>> standIn(Optional<Answered<V>> before, Instant now) {
        return before.filter(entry -> now.isBefore(entry.until().plus(settings.stale())))
                .map(CompletableFuture::completedFuture)
                .orElseGet(() -> CompletableFuture.failedFuture(new Unreached()));
    }

    /// Something changed at the upstream: what is known is good no more, and neither is what is being answered now.
    synchronized void outdate(Upstream upstream, String method, Predicate<String> what) {
        changes++;
        var now = clock.instant();
        Predicate<Scoped> concerned = scoped -> scoped.key().upstream().equals(upstream)
                && scoped.key().method().equals(method)
                && what.test(scoped.key().what());
        entries.changeIf(
                concerned, entry -> entry.goodAt(now) ? new Answered<>(entry.value(), now, entry.number()) : entry);
        trials.changeIf(concerned, Trial::overtaken);
    }

    /// Forgets what concerns upstreams that are declared no more.
    synchronized void retain(Predicate<Upstream> declared) {
        entries.removeIf(scoped -> !declared.test(scoped.key().upstream()));
        trials.removeIf(scoped -> !declared.test(scoped.key().upstream()));
    }

    synchronized int size() {
        return entries.size();
    }

    synchronized long weight() {
        return entries.weight();
    }

    long hits() {
        return hits.sum();
    }

    long misses() {
        return misses.sum();
    }

    private static Scoped everybodys(Key key) {
        return new Scoped(key, Optional.empty());
    }

    private static Scoped of(Key key, Principal principal) {
        return new Scoped(key, Optional.of(principal));
    }

    private static Duration longest(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Duration shortest(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
