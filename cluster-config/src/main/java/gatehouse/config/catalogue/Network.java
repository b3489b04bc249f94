package gatehouse.config.catalogue;

/// How far the gateway may dial for an upstream. Metadata addresses stay refused whatever this says.
public enum Network {
    PUBLIC,
    PRIVATE,
    LOOPBACK
}
