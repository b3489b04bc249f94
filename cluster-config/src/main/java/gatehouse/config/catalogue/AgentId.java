package gatehouse.config.catalogue;

/// Names a [Agent].
public record AgentId(String value) {
    @Override
    public String toString() {
        return value;
    }
}
