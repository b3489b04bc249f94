package gatehouse.node.edge;

import gatehouse.config.catalogue.Route;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/// Tells clients of HTTP+SSE, with every response once they were let in, since when it is deprecated and when it will
/// end.
final class Farewell {

    /// When the revision 2025-03-26 replaced it; as RFC 9745 writes it.
    private static final String DEPRECATED =
            "@" + LocalDate.of(2025, 3, 26).atStartOfDay(ZoneOffset.UTC).toEpochSecond();

    /// As RFC 8594 and all of HTTP write a date.
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private Farewell() {}

    static HttpResponse on(HttpResponse response, Route route) {
        return route.servesSse()
                ? response.addHeader(Headers.raw("Deprecation", DEPRECATED))
                        .addHeader(Headers.raw("Sunset", DATE.format(route.sse())))
                : response;
    }
}
