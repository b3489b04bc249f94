package gatehouse.session.crossing;

import gatehouse.config.catalogue.Catalogue;
import gatehouse.config.catalogue.Course;
import gatehouse.config.catalogue.CurrentCatalogue;
import gatehouse.config.catalogue.Route;
import gatehouse.config.catalogue.RouteId;
import gatehouse.policy.verdict.Call;
import gatehouse.policy.verdict.Principal;
import gatehouse.session.lifecycle.Session;
import gatehouse.session.lifecycle.Ways;
import gatehouse.session.upstream.Peer;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Optional;

/// The ways of sessions, as the catalogue of the moment declares them; and where routes led that lead elsewhere now, or
/// are no more, as their sessions may still have a leg there.
public final class CatalogueWays implements Ways {

    /// Routes that went, the last ones.
    private static final int MOST = 1000;

    private final CurrentCatalogue catalogue;
    private final Crossing crossing;
    private final LinkedHashMap<RouteId, Past> past = new LinkedHashMap<>();
    private Catalogue seen;

    /// What a route led to.
    private record Past(Route route, Course course) {}

    public CatalogueWays(CurrentCatalogue catalogue, Crossing crossing) {
        this.catalogue = catalogue;
        this.crossing = crossing;
        this.seen = catalogue.now();
    }

    @Override
    public Optional<Peer> opening(Session session) {
        return call(session.principal(), session.route()).map(crossing::opening);
    }

    @Override
    public Optional<Peer> of(Session session) {
        return call(session.principal(), session.route()).map(call -> crossing.legacy(call, session));
    }

    @Override
    public synchronized Optional<Former> former(Session session) {
        return Optional.ofNullable(past.get(session.route()))
                .map(led -> new Former(
                        crossing.legacy(new Call(session.principal(), led.route(), led.course()), session),
                        led.course().deadline()));
    }

    /// Takes note of the catalogue as it is now: whose sessions have to take leave of where they were.
    public synchronized Parted follow(Catalogue now) {
        var gone = new HashSet<RouteId>();
        var elsewhere = new HashSet<RouteId>();
        for (var route : seen.routes().values()) {
            var before = seen.course(route);
            var after = now.route(route.id()).flatMap(now::course);
            if (before.isPresent()
                    && !after.filter(course -> leadsOn(before.get(), course)).isPresent()) {
                past.remove(route.id());
                past.put(route.id(), new Past(route, before.get()));
                (after.isEmpty() ? gone : elsewhere).add(route.id());
            }
        }
        while (past.size() > MOST) {
            past.pollFirstEntry();
        }
        seen = now;
        return new Parted(gone, elsewhere);
    }

    /// Whether a leg stays where it is, and tells of the same.
    private static boolean leadsOn(Course before, Course after) {
        return (before.joined() || after.joined())
                ? before.equals(after)
                : after.only().url().equals(before.only().url());
    }

    private Optional<Call> call(Principal principal, RouteId id) {
        var now = catalogue.now();
        return now.route(id).flatMap(route -> now.course(route).map(course -> new Call(principal, route, course)));
    }
}
