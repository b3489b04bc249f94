package gatehouse.session.call;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// Sessions that are being opened on this node, by owner: they count before they are stored. Bounded by the calls under
/// way, each of which may be one.
final class Newcomers {

    private final ConcurrentMap<String, Integer> underWay = new ConcurrentHashMap<>();

    /// How many of this owner there are now, this one included. Whoever asks the store afterwards misses none: one
    /// that
    /// is here no more is stored.
    int enter(String owner) {
        return underWay.merge(owner, 1, Integer::sum);
    }

    void leave(String owner) {
        underWay.compute(owner, (known, many) -> many == null || many == 1 ? null : many - 1);
    }
}
