package gatehouse.config.catalogue;

import java.util.Map;
import java.util.Optional;

/// All that is declared, as one immutable numbered snapshot.
public record Catalogue(
        long number,
        Map<TenantId, Tenant> tenants,
        Map<AgentId, Agent> agents,
        Map<UpstreamId, Upstream> upstreams,
        Map<RouteId, Route> routes,
        Map<String, Agent> agentsByKeyId) {

    public Catalogue {
        tenants = Map.copyOf(tenants);
        agents = Map.copyOf(agents);
        upstreams = Map.copyOf(upstreams);
        routes = Map.copyOf(routes);
        agentsByKeyId = Map.copyOf(agentsByKeyId);
    }

    public Optional<Route> route(RouteId id) {
        return Optional.ofNullable(routes.get(id));
    }

    public Optional<Upstream> upstream(UpstreamId id) {
        return Optional.ofNullable(upstreams.get(id));
    }
}
