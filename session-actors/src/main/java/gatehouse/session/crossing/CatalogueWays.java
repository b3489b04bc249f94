package gatehouse.session.crossing;

import gatehouse.config.catalogue.Course;
import gatehouse.config.catalogue.CurrentCatalogue;
import gatehouse.config.catalogue.RouteId;
import gatehouse.session.lifecycle.Session;
import gatehouse.session.lifecycle.Ways;
import gatehouse.session.upstream.Peer;
import java.util.Optional;

/// The ways of sessions, as the catalogue of the moment declares them.
public record CatalogueWays(CurrentCatalogue catalogue, Crossing crossing) implements Ways {

    @Override
    public Optional<Peer> opening(RouteId route) {
        return course(route).map(crossing::opening);
    }

    @Override
    public Optional<Peer> of(Session session) {
        return course(session.route()).map(crossing::legacy);
    }

    private Optional<Course> course(RouteId route) {
        var now = catalogue.now();
        return now.route(route).flatMap(now::course);
    }
}
