package gatehouse.session.crossing.modern;

import gatehouse.session.mcp.Json;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// How much a log message matters, from what is said most to what is said least.
enum Severity {
    DEBUG,
    INFO,
    NOTICE,
    WARNING,
    ERROR,
    CRITICAL,
    ALERT,
    EMERGENCY;

    /// As messages spell it, and no other way.
    static Optional<Severity> of(String name) {
        return Arrays.stream(values())
                .filter(severity -> severity.spelled().equals(name))
                .findFirst();
    }

    /// Whether who asks for this also gets `other`.
    boolean includes(Severity other) {
        return compareTo(other) <= 0;
    }

    /// The params of `logging/setLevel`.
    String asked() {
        return "{\"level\":" + Json.quote(spelled()) + "}";
    }

    private String spelled() {
        return name().toLowerCase(Locale.ROOT);
    }
}
