package gatehouse.session.lifecycle;

import gatehouse.config.catalogue.RouteId;
import gatehouse.session.upstream.Peer;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// How sessions reach what their route leads to; nothing where the route is declared no more.
public interface Ways {

    /// Routes that are no more, and such as lead to another upstream than before.
    record Parted(Set<RouteId> gone, Set<RouteId> elsewhere) {
        public Parted {
            gone = Set.copyOf(gone);
            elsewhere = Set.copyOf(elsewhere);
        }

        public boolean isEmpty() {
            return gone.isEmpty() && elsewhere.isEmpty();
        }
    }

    /// Where a route led before.
    ///
    /// @param calls how long a call there may still take
    record Former(Peer peer, Duration calls) {}

    /// Where a leg is opened for a session.
    Optional<Peer> opening(Session session);

    /// Where the leg of a session ends.
    Optional<Peer> of(Session session);

    /// Where it may still have a leg as its route led there before.
    Optional<Former> former(Session session);
}
