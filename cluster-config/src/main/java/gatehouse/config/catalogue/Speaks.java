package gatehouse.config.catalogue;

/// Which protocol revisions an upstream is declared to speak; `AUTO` means: find out, and ask again later.
public enum Speaks {
    AUTO,
    LEGACY,
    MODERN,
    BOTH
}
