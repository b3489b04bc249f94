package gatehouse.policy.rate;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;

/// A map that lets go of something as soon as it holds too much: of what it holds for whoever it holds most for, that
/// which was used longest ago. So nobody who fills it pushes out what it holds for others. For one thread at a time.
///
/// There are two kinds of those it holds something for, which share what they have: members or routes, and principals.
/// Whichever has most gives way, and of what that one has, what it shares with whoever has most of it.
public final class Hoard<K, V> {

    /// Whom something is held for.
    ///
    /// @param at an upstream, or a route
    /// @param whose a principal; nobody's is everybody's, and counts as what it is `at` alone
    public record Holder(Object at, Optional<?> whose) {}

    private final int most;
    private final long heaviest;
    private final ToLongFunction<V> weigh;
    private final Function<K, Holder> holder;
    private final Map<Holder, Lot<K, V>> lots = new LinkedHashMap<>();
    private final Map<Object, Party> parties = new LinkedHashMap<>(16, 0.75f, true); // longest unused first
    private int size;
    private long weight;

    /// What is held for one holder, and how heavy that is.
    private static final class Lot<K, V> {
        private final LinkedHashMap<K, V> held = new LinkedHashMap<>(4, 0.75f, true);
        private long weight;
    }

    /// One side of many holders.
    private static final class Party {
        private final Set<Holder> holders = new LinkedHashSet<>(2); // longest unused first
        private int size;
        private long weight;
    }

    public Hoard(int most, long heaviest, ToLongFunction<V> weigh, Function<K, Holder> holder) {
        this.most = most;
        this.heaviest = heaviest;
        this.weigh = weigh;
        this.holder = holder;
    }

    public Optional<V> get(K key) {
        var whose = holder.apply(key);
        var found = Optional.ofNullable(lots.get(whose)).flatMap(lot -> Optional.ofNullable(lot.held.get(key)));
        if (found.isPresent()) {
            sides(whose).forEach(side -> touch(side, whose));
        }
        return found;
    }

    /// Among those who have as much as each other, whoever used theirs longest ago gives way.
    private void touch(Object side, Holder whose) {
        var party = parties.get(side);
        if (party != null && party.holders.remove(whose)) {
            party.holders.add(whose);
        }
    }

    /// What is too heavy alone is not kept.
    public void put(K key, V value) {
        remove(key);
        if (weigh.applyAsLong(value) <= heaviest) {
            var whose = holder.apply(key);
            lots.computeIfAbsent(whose, fresh -> new Lot<>()).held.put(key, value);
            count(whose, 1, weigh.applyAsLong(value));
            shrink();
        }
    }

    public void remove(K key) {
        var whose = holder.apply(key);
        var lot = lots.get(whose);
        var before = lot == null ? null : lot.held.remove(key);
        if (before != null) {
            count(whose, -1, -weigh.applyAsLong(before));
        }
    }

    public void removeIf(Predicate<K> condition) {
        lots.values().stream()
                .flatMap(lot -> lot.held.keySet().stream())
                .filter(condition)
                .toList()
                .forEach(this::remove);
    }

    /// Changes values in place; none becomes heavier by it.
    public void changeIf(Predicate<K> condition, UnaryOperator<V> change) {
        lots.values()
                .forEach(lot -> lot.held.replaceAll((key, value) -> condition.test(key) ? change.apply(value) : value));
    }

    public int size() {
        return size;
    }

    public long weight() {
        return weight;
    }

    private void shrink() {
        while (size > 0 && (size > most || weight > heaviest)) {
            var byWeight = weight > heaviest;
            var party = heaviestOf(parties.values(), one -> byWeight ? one.weight : one.size);
            var fullest = heaviestOf(
                    party.holders,
                    one -> byWeight ? lot(one).weight : lot(one).held.size());
            remove(lot(fullest).held.firstEntry().getKey());
        }
    }

    private static <T> T heaviestOf(Collection<T> all, ToLongFunction<T> weigh) {
        var rest = all.iterator();
        var found = rest.next();
        while (rest.hasNext()) {
            var next = rest.next();
            found = weigh.applyAsLong(next) > weigh.applyAsLong(found) ? next : found;
        }
        return found;
    }

    private Lot<K, V> lot(Holder whose) {
        return Optional.ofNullable(lots.get(whose)).orElseThrow();
    }

    private void count(Holder whose, int entries, long bytes) {
        size += entries;
        weight += bytes;
        var lot = lot(whose);
        lot.weight += bytes;
        for (var side : sides(whose)) {
            var party = parties.computeIfAbsent(side, fresh -> new Party());
            party.holders.add(whose);
            party.size += entries;
            party.weight += bytes;
            if (lot.held.isEmpty()) {
                party.holders.remove(whose);
            }
            if (party.size == 0) {
                parties.remove(side);
            }
        }
        if (lot.held.isEmpty()) {
            lots.remove(whose);
        }
    }

    private static List<Object> sides(Holder whose) {
        return whose.whose().<List<Object>>map(one -> List.of(whose.at(), one)).orElseGet(() -> List.of(whose.at()));
    }
}
