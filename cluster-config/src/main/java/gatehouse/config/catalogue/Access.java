package gatehouse.config.catalogue;

import java.util.Set;

/// Who may use a route: anybody, or agents named one by one or by their tenant. Nobody is named: nobody may.
public record Access(boolean anonymous, Set<TenantId> tenants, Set<AgentId> agents) {
    public Access {
        tenants = Set.copyOf(tenants);
        agents = Set.copyOf(agents);
    }
}
