package gatehouse.config.catalogue;

import java.util.ArrayList;
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

    /// Nothing declared: what a node without declarations serves.
    public static final Catalogue EMPTY = new Catalogue(0, Map.of(), Map.of(), Map.of(), Map.of(), Map.of());

    /// The same declarations as the catalogue of this number.
    public Catalogue numbered(long number) {
        return new Catalogue(number, tenants, agents, upstreams, routes, agentsByKeyId);
    }

    /// Whether both declare the same, whatever their numbers.
    public boolean declaresSameAs(Catalogue other) {
        return numbered(other.number).equals(other);
    }

    public Optional<Route> route(RouteId id) {
        return Optional.ofNullable(routes.get(id));
    }

    public Optional<Upstream> upstream(UpstreamId id) {
        return Optional.ofNullable(upstreams.get(id));
    }

    /// Where a route leads; empty if one of its upstreams is not declared.
    public Optional<Course> course(Route route) {
        var members = new ArrayList<Course.Member>(route.members().size());
        for (var member : route.members()) {
            var upstream = upstreams.get(member.upstream());
            if (upstream == null) {
                return Optional.empty();
            }
            members.add(new Course.Member(member.alias(), upstream));
        }
        return members.isEmpty() ? Optional.empty() : Optional.of(new Course(members));
    }

    /// The agent that a key belongs to, by the public id of the key.
    public Optional<Agent> agentOfKey(String keyId) {
        return Optional.ofNullable(agentsByKeyId.get(keyId));
    }
}
