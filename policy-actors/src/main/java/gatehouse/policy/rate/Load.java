package gatehouse.policy.rate;

import gatehouse.policy.verdict.Denial;
import gatehouse.policy.verdict.Permits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a principal holds of something that arrives piece by piece: it grows until it is given back whole.
public final class Load {

    private final Crowd crowd;
    private final List<Crowd.Share> shares;
    private final List<Permits> taken = new ArrayList<>(1);
    private boolean over;

    /// @param shares of which each piece takes its amount
    public Load(Crowd crowd, List<Crowd.Share> shares) {
        this.crowd = crowd;
        this.shares = List.copyOf(shares);
    }

    /// Holds nothing and cannot grow.
    public static Load none() {
        return new Load(new Crowd(), List.of());
    }

    /// Why not, where there is no room for more.
    public synchronized Optional<Denial> grow(int amount) {
        return over
                ? Optional.of(new Denial.Unavailable("room"))
                : crowd.take(
                        shares.stream()
                                .map(share -> new Crowd.Share(share.scope(), share.owner(), amount, share.most()))
                                .toList(),
                        taken);
    }

    /// Giving back twice is giving back once.
    public synchronized void giveBack() {
        over = true;
        taken.forEach(Permits::giveBack);
        taken.clear();
    }
}
