package gatehouse.config.catalogue;

/// The organisation unit that owns agents and upstreams.
public record Tenant(TenantId id, String title) {}
