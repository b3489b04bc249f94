package gatehouse.session.lifecycle;

import gatehouse.session.upstream.Peer;
import java.util.Optional;

/// How sessions reach what their route leads to; nothing where the route is declared no more.
public interface Ways {

    /// Where a leg is opened for a session.
    Optional<Peer> opening(Session session);

    /// Where the leg of a session ends.
    Optional<Peer> of(Session session);
}
