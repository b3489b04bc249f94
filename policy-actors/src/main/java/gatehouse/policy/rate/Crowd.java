package gatehouse.policy.rate;

import gatehouse.policy.verdict.Denial;
import gatehouse.policy.verdict.Permits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// Counts who holds how much on this node right now, and lets nobody hold more than their share.
///
/// A share is forgotten when its count returns to zero, so that there are never more of them than there are holders.
public final class Crowd {

    /// One count to pass: whose, of what, how many more, and how many at most.
    public record Share(Denial.Scope scope, String owner, int amount, int most) {
        public Share(Denial.Scope scope, String owner, int most) {
            this(scope, owner, 1, most);
        }
    }

    private record Place(Denial.Scope scope, String owner) {}

    private final ConcurrentMap<Place, Integer> held = new ConcurrentHashMap<>();

    /// All shares or none: the first that is full is answered, and what was taken before it is given back.
    public Optional<Denial> take(List<Share> shares, List<Permits> taken) {
        var places = new ArrayList<Place>(shares.size());
        for (var share : shares) {
            var place = new Place(share.scope(), share.owner());
            if (!enter(place, share)) {
                for (var i = 0; i < places.size(); i++) {
                    leave(places.get(i), shares.get(i).amount());
                }
                return Optional.of(new Denial.Crowded(share.scope(), share.most()));
            }
            places.add(place);
        }
        var amounts = List.copyOf(shares);
        taken.add(new Permits(() -> {
            for (var i = 0; i < places.size(); i++) {
                leave(places.get(i), amounts.get(i).amount());
            }
        }));
        return Optional.empty();
    }

    public int count(Denial.Scope scope, String owner) {
        return held.getOrDefault(new Place(scope, owner), 0);
    }

    public int total() {
        return held.values().stream().mapToInt(Integer::intValue).sum();
    }

    private boolean enter(Place place, Share share) {
        var entered = new boolean[1];
        held.compute(place, (key, before) -> {
            var now = before == null ? 0 : before;
            entered[0] = now <= share.most() - share.amount();
            return entered[0] ? Integer.valueOf(now + share.amount()) : before;
        });
        return entered[0];
    }

    private void leave(Place place, int amount) {
        held.computeIfPresent(place, (key, before) -> before == amount ? null : before - amount);
    }
}
