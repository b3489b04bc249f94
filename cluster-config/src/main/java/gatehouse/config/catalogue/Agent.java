package gatehouse.config.catalogue;

import java.util.List;

/// A registered caller of a tenant, known by its keys.
public record Agent(AgentId id, TenantId tenant, List<AgentKey> keys) {
    public Agent {
        keys = List.copyOf(keys);
    }
}
