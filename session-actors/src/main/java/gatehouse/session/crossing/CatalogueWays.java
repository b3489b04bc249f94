package gatehouse.session.crossing;

import gatehouse.config.catalogue.CurrentCatalogue;
import gatehouse.config.catalogue.RouteId;
import gatehouse.config.catalogue.Upstream;
import gatehouse.session.lifecycle.Session;
import gatehouse.session.lifecycle.Ways;
import gatehouse.session.upstream.Peer;
import java.util.Optional;

/// The ways of sessions, as the catalogue of the moment declares them.
public record CatalogueWays(CurrentCatalogue catalogue, Crossing crossing) implements Ways {

    @Override
    public Optional<Peer> opening(RouteId route) {
        return upstream(route).map(crossing::opening);
    }

    @Override
    public Optional<Peer> of(Session session) {
        return upstream(session.route()).map(upstream -> crossing.legacy(upstream, session));
    }

    private Optional<Upstream> upstream(RouteId route) {
        var now = catalogue.now();
        return now.route(route).flatMap(declared -> now.upstream(declared.upstream()));
    }
}
