package gatehouse.config.catalogue;

/// Whether the streams of a route are written to the store before they are sent.
public enum Journal {
    DURABLE,
    MEMORY
}
