package gatehouse.load.wire;

/// Which of the two protocol eras a call speaks.
public enum Era {
    LEGACY("2025-11-25"),
    MODERN("2026-07-28");

    private final String revision;

    Era(String revision) {
        this.revision = revision;
    }

    public String revision() {
        return revision;
    }
}
