package gatehouse.config.catalogue;

/// What an upstream is declared to speak.
public enum Speaks {
    /// Find out, and ask again later.
    AUTO,
    LEGACY,
    MODERN,
    BOTH,
    /// A legacy revision over HTTP+SSE, with two addresses; the URL is that of its event stream.
    SSE
}
