package gatehouse.session.crossing;

import gatehouse.config.catalogue.CurrentCatalogue;
import gatehouse.config.catalogue.RouteId;
import gatehouse.policy.verdict.Call;
import gatehouse.policy.verdict.Principal;
import gatehouse.session.lifecycle.Session;
import gatehouse.session.lifecycle.Ways;
import gatehouse.session.upstream.Peer;
import java.util.Optional;

/// The ways of sessions, as the catalogue of the moment declares them.
public record CatalogueWays(CurrentCatalogue catalogue, Crossing crossing) implements Ways {

    @Override
    public Optional<Peer> opening(Session session) {
        return call(session.principal(), session.route()).map(crossing::opening);
    }

    @Override
    public Optional<Peer> of(Session session) {
        return call(session.principal(), session.route()).map(call -> crossing.legacy(call, session));
    }

    private Optional<Call> call(Principal principal, RouteId id) {
        var now = catalogue.now();
        return now.route(id).flatMap(route -> now.course(route).map(course -> new Call(principal, route, course)));
    }
}
