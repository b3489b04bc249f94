package gatehouse.policy.rate;

import gatehouse.policy.verdict.Denial;
import gatehouse.policy.verdict.Permits;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;

/// Counts who holds how much on this node right now, and lets nobody hold more than their share.
///
/// A share is forgotten when its count returns to zero, so that there are never more of them than there are holders.
public final class Crowd {

    /// One count to pass: whose, of what, how many more, and how many at most.
    public record Share(Denial.Scope scope, String owner, int amount, int most) {
        public Share(Denial.Scope scope, String owner, int most) {
            this(scope, owner, 1, most);
        }

        Share of(int other) {
            return new Share(scope, owner, other, most);
        }

        private Place place() {
            return new Place(scope, owner);
        }
    }

    private record Place(Denial.Scope scope, String owner) {}

    private final ConcurrentMap<Place, Integer> held = new ConcurrentHashMap<>();

    /// All shares or none: the first that is full is answered, and what was taken before it is given back.
    public Optional<Denial> take(List<Share> shares, List<Permits> taken) {
        var denial = enter(shares);
        if (denial.isEmpty()) {
            var amounts = List.copyOf(shares);
            taken.add(new Permits(() -> leave(amounts)));
        }
        return denial;
    }

    /// The same for who sees to it that they [leave][#leave].
    Optional<Denial> enter(List<Share> shares) {
        for (var i = 0; i < shares.size(); i++) {
            var share = shares.get(i);
            if (!enter(share)) {
                leave(shares.subList(0, i));
                return Optional.of(new Denial.Crowded(share.scope(), share.most()));
            }
        }
        return Optional.empty();
    }

    void leave(List<Share> shares) {
        shares.forEach(this::leave);
    }

    public int count(Denial.Scope scope, String owner) {
        return held.getOrDefault(new Place(scope, owner), 0);
    }

    public int total() {
        return total(scope -> true);
    }

    public int total(Predicate<Denial.Scope> counted) {
        return held.entrySet().stream()
                .filter(share -> counted.test(share.getKey().scope()))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    private boolean enter(Share share) {
        var entered = new boolean[1];
        held.compute(share.place(), (key, before) -> {
            var now = before == null ? 0 : before;
            entered[0] = now <= share.most() - share.amount();
            return entered[0] ? Integer.valueOf(now + share.amount()) : before;
        });
        return entered[0];
    }

    private void leave(Share share) {
        held.computeIfPresent(
                share.place(), (key, before) -> before == share.amount() ? null : before - share.amount());
    }
}
