package gatehouse.config.catalogue;

/// Names a [Route].
public record RouteId(String value) {
    @Override
    public String toString() {
        return value;
    }
}
