package gatehouse.config.gitops;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/// Until when something holds, as documents write it.
final class Days {

    static final String EXPECTED = "a date such as 2027-06-30 or an instant such as 2027-06-30T12:00:00Z";

    private Days() {}

    /// A date counts in full, in UTC.
    static Instant end(String text) {
        return text.contains("T")
                ? Instant.parse(text)
                : LocalDate.parse(text).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
