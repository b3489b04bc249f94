package gatehouse.session.federation;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;

/// A map that lets go of what was used longest ago as soon as it holds too much. For one thread at a time.
final class Hoard<K, V> {

    private final int most;
    private final long heaviest;
    private final ToLongFunction<V> weigh;
    private final LinkedHashMap<K, V> held = new LinkedHashMap<>(16, 0.75f, true);
    private long weight;

    Hoard(int most, long heaviest, ToLongFunction<V> weigh) {
        this.most = most;
        this.heaviest = heaviest;
        this.weigh = weigh;
    }

    Optional<V> get(K key) {
        return Optional.ofNullable(held.get(key));
    }

    /// What is too heavy alone is not kept.
    void put(K key, V value) {
        remove(key);
        if (weigh.applyAsLong(value) <= heaviest) {
            held.put(key, value);
            weight += weigh.applyAsLong(value);
            shrink();
        }
    }

    void remove(K key) {
        var before = held.remove(key);
        weight -= before == null ? 0 : weigh.applyAsLong(before);
    }

    void removeIf(Predicate<K> condition) {
        held.keySet().stream().filter(condition).toList().forEach(this::remove);
    }

    /// Changes values in place; none becomes heavier by it.
    void changeIf(Predicate<K> condition, UnaryOperator<V> change) {
        held.replaceAll((key, value) -> condition.test(key) ? change.apply(value) : value);
    }

    int size() {
        return held.size();
    }

    long weight() {
        return weight;
    }

    private void shrink() {
        var eldest = held.entrySet().iterator();
        while ((held.size() > most || weight > heaviest) && eldest.hasNext()) {
            var entry = eldest.next();
            weight -= weigh.applyAsLong(entry.getValue());
            eldest.remove();
        }
    }
}
