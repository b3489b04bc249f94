package gatehouse.config.catalogue;

/// Names a [Tenant].
public record TenantId(String value) {
    @Override
    public String toString() {
        return value;
    }
}
