package gatehouse.policy.rate;

import gatehouse.policy.verdict.Denial;
import java.util.List;
import java.util.Optional;

/// The bytes of large messages that a principal makes this node hold, for one request or one stream: they come and go
/// piece by piece, until all are given back.
public final class Load {

    /// Messages up to this size need no room: the number of connections and calls bounds them.
    public static final int SMALL = 16 * 1024;

    private final Crowd crowd;
    private final List<Crowd.Share> shares;
    private int held;
    private boolean over;

    /// @param shares of which each byte takes one
    public Load(Crowd crowd, List<Crowd.Share> shares) {
        this.crowd = crowd;
        this.shares = List.copyOf(shares);
    }

    /// Counts nothing.
    public static Load none() {
        return new Load(new Crowd(), List.of());
    }

    /// Why not, where there is no room for more.
    public synchronized Optional<Denial> grow(int amount) {
        return hold(held + amount);
    }

    /// From now on this much and no more. Where there is no room for it, what was held is still held.
    public synchronized Optional<Denial> hold(int amount) {
        if (over) {
            return Optional.of(new Denial.Unavailable("room"));
        }
        var denial = change(amount - held);
        held = denial.isEmpty() ? amount : held;
        return denial;
    }

    /// Giving back twice is giving back once.
    public synchronized void giveBack() {
        if (!over) {
            change(-held);
            over = true;
        }
    }

    private Optional<Denial> change(int amount) {
        if (amount > 0) {
            return crowd.enter(of(amount));
        }
        if (amount < 0) {
            crowd.leave(of(-amount));
        }
        return Optional.empty();
    }

    private List<Crowd.Share> of(int amount) {
        return shares.stream().map(share -> share.of(amount)).toList();
    }
}
