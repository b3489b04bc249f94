package gatehouse.config.catalogue;

import java.util.List;
import java.util.Set;

/// A path at the edge, `/mcp/{id}`, that leads to an upstream or joins several.
///
/// @param members in the order declared; the only one of a route that joins nothing has no alias
/// @param origins browser origins that may call; an absent `Origin` header is no browser
/// @param body the largest request body in bytes
public record Route(RouteId id, List<Member> members, Access access, Set<String> origins, Journal journal, int body) {

    /// Names an upstream, and what the route calls it.
    public record Member(Alias alias, UpstreamId upstream) {
        @Override
        public String toString() {
            return alias.equals(Alias.NONE) ? upstream.value() : alias + "=" + upstream;
        }
    }

    public Route {
        members = List.copyOf(members);
        origins = Set.copyOf(origins);
    }

    /// A route that leads to one upstream and renames nothing.
    public static Route to(
            RouteId id, UpstreamId upstream, Access access, Set<String> origins, Journal journal, int body) {
        return new Route(id, List.of(new Member(Alias.NONE, upstream)), access, origins, journal, body);
    }
}
