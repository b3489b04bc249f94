package gatehouse.config.catalogue;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/// A path at the edge, `/mcp/{id}`, that leads to an upstream or joins several.
///
/// @param members in the order declared; the only one of a route that joins nothing has no alias
/// @param origins browser origins that may call; an absent `Origin` header is no browser
/// @param body the largest request body in bytes
/// @param sse until when clients that speak only HTTP+SSE are served; [#NEVER] if they are not
public record Route(
        RouteId id, List<Member> members, Access access, Set<String> origins, Journal journal, int body, Instant sse) {

    public static final Instant NEVER = Instant.EPOCH;

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

    public Route(RouteId id, List<Member> members, Access access, Set<String> origins, Journal journal, int body) {
        this(id, members, access, origins, journal, body, NEVER);
    }

    /// A route that leads to one upstream and renames nothing.
    public static Route to(
            RouteId id, UpstreamId upstream, Access access, Set<String> origins, Journal journal, int body) {
        return new Route(id, List.of(new Member(Alias.NONE, upstream)), access, origins, journal, body);
    }

    /// Whether one of its members is that upstream.
    public boolean leadsTo(UpstreamId upstream) {
        return members.stream().anyMatch(member -> member.upstream().equals(upstream));
    }

    /// Whether it serves clients of HTTP+SSE, or did so once.
    public boolean servesSse() {
        return !sse.equals(NEVER);
    }
}
