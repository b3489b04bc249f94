package gatehouse.session.lifecycle;

import gatehouse.config.catalogue.RouteId;
import gatehouse.session.upstream.Peer;
import java.util.Optional;

/// How sessions reach what their route leads to; nothing where the route is declared no more.
public interface Ways {

    /// Where a leg is opened.
    Optional<Peer> opening(RouteId route);

    /// Where the leg of a session ends.
    Optional<Peer> of(Session session);
}
