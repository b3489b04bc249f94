package gatehouse.config.catalogue;

/// Names a [Upstream].
public record UpstreamId(String value) {
    @Override
    public String toString() {
        return value;
    }
}
