package gatehouse.config.catalogue;

import java.time.Instant;
import java.util.Set;

/// A path at the edge, `/mcp/{id}`, that leads to an upstream.
///
/// @param origins browser origins that may call; an absent `Origin` header is no browser
/// @param body the largest request body in bytes
/// @param sse until when clients that speak only HTTP+SSE are served; [#NEVER] if they are not
public record Route(
        RouteId id, UpstreamId upstream, Access access, Set<String> origins, Journal journal, int body, Instant sse) {

    public static final Instant NEVER = Instant.EPOCH;

    public Route {
        origins = Set.copyOf(origins);
    }

    public Route(RouteId id, UpstreamId upstream, Access access, Set<String> origins, Journal journal, int body) {
        this(id, upstream, access, origins, journal, body, NEVER);
    }

    /// Whether it serves clients of HTTP+SSE, or did so once.
    public boolean servesSse() {
        return !sse.equals(NEVER);
    }
}
