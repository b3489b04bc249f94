package gatehouse.session.mcp;

import java.util.List;
import java.util.Optional;

/// A revision of the protocol, and what it does otherwise than the others.
public enum Dialect {
    V2024_11_05("2024-11-05"),
    V2025_03_26("2025-03-26"),
    V2025_06_18("2025-06-18"),
    V2025_11_25("2025-11-25"),
    V2026_07_28("2026-07-28");

    /// What a legacy client gets that asks for something else.
    public static final Dialect NEWEST_LEGACY = V2025_11_25;

    /// What a legacy client speaks that names no revision in its headers.
    public static final Dialect UNNAMED = V2025_03_26;

    /// What a modern request may name; the others are told so with -32022.
    public static final List<Dialect> SUPPORTED_MODERN = List.of(V2026_07_28);

    /// What a session may be opened in over Streamable HTTP.
    public static final List<Dialect> SUPPORTED_LEGACY = List.of(V2025_03_26, V2025_06_18, V2025_11_25);

    private static final List<Dialect> DIALECTS = List.of(values());

    private final String version;

    Dialect(String version) {
        this.version = version;
    }

    public static Optional<Dialect> of(String version) {
        for (var dialect : DIALECTS) {
            if (dialect.version.equals(version)) {
                return Optional.of(dialect);
            }
        }
        return Optional.empty();
    }

    /// The same text, one for all who keep it where it names a revision: thousands of sessions do.
    public static String shared(String version) {
        for (var dialect : DIALECTS) {
            if (dialect.version.equals(version)) {
                return dialect.version;
            }
        }
        return version;
    }

    /// The revision to answer an `initialize` with: the one asked for, or the newest that has sessions.
    public static Dialect negotiate(String requested) {
        return of(requested).filter(dialect -> !dialect.modern()).orElse(NEWEST_LEGACY);
    }

    /// What a client is told that asked for one revision while the upstream settled on this one.
    ///
    /// 2024-11-05 has no Streamable HTTP, so clients of that transport hang up when they hear of it. To one that
    /// did not ask for it, the oldest revision that has is the nearest thing it can speak.
    public Dialect towards(String requested) {
        return this == V2024_11_05 && !version.equals(requested) ? SUPPORTED_LEGACY.getFirst() : this;
    }

    /// How messages and headers name it.
    public String version() {
        return version;
    }

    /// Whether every request stands alone, without a session.
    public boolean modern() {
        return this == V2026_07_28;
    }

    /// Whether a stream opens with an event that has an id and no data; older clients break on it.
    public boolean primes() {
        return this == V2025_11_25;
    }
}
