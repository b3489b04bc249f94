package gatehouse.config.catalogue;

import java.util.Set;

/// A path at the edge, `/mcp/{id}`, that leads to an upstream.
///
/// @param origins browser origins that may call; an absent `Origin` header is no browser
/// @param body the largest request body in bytes
public record Route(RouteId id, UpstreamId upstream, Access access, Set<String> origins, Journal journal, int body) {
    public Route {
        origins = Set.copyOf(origins);
    }
}
