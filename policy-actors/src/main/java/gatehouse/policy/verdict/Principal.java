package gatehouse.policy.verdict;

import gatehouse.config.catalogue.AgentId;
import gatehouse.config.catalogue.TenantId;
import gatehouse.config.cluster.Stored;
import gatehouse.config.cluster.Wire;

/// Who is proven to be calling.
public record Principal(TenantId tenant, AgentId agent) implements Wire, Stored {

    /// Whoever calls a route that asks for no proof. No declared id can equal it, as those hold no blank.
    public static final Principal ANONYMOUS = new Principal(new TenantId("no tenant"), new AgentId("anonymous"));

    @Override
    public String toString() {
        return tenant + "/" + agent;
    }
}
