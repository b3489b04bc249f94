package gatehouse.node.edge;

import gatehouse.policy.rate.Seldom;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How many requests this node refused, and why, with a line for operators about each reason now and then: whoever
/// tries keys, or is shut out by mistake, shows. Of a request itself nothing is kept and nothing said.
final class RefusalTally {

    private static final Logger LOG = LoggerFactory.getLogger(RefusalTally.class);

    /// As far as a status tells; so there is a bounded number of them.
    enum Reason {
        MALFORMED("malformed"),
        UNAUTHENTICATED("unauthenticated"),
        FORBIDDEN("forbidden"),
        NOT_FOUND("notFound"),
        METHOD("method"),
        NOT_ACCEPTABLE("notAcceptable"),
        SLOW("slow"),
        GONE("gone"),
        TOO_LARGE("tooLarge"),
        CONTENT("content"),
        MISDIRECTED("misdirected"),
        CROWDED("crowded"),
        UNAVAILABLE("unavailable"),
        OTHER("other");

        private final String text;

        Reason(String text) {
            this.text = text;
        }

        static Reason of(int status) {
            return switch (status) {
                case 400 -> MALFORMED;
                case 401 -> UNAUTHENTICATED;
                case 403 -> FORBIDDEN;
                case 404 -> NOT_FOUND;
                case 405 -> METHOD;
                case 406 -> NOT_ACCEPTABLE;
                case 408 -> SLOW;
                case 410 -> GONE;
                case 413, 414, 431 -> TOO_LARGE;
                case 415 -> CONTENT;
                case 421 -> MISDIRECTED;
                case 429 -> CROWDED;
                case 503 -> UNAVAILABLE;
                default -> OTHER;
            };
        }
    }

    private static final int REFUSED = 400; // and above

    private final Map<Reason, LongAdder> counts = new EnumMap<>(Reason.class);
    private final Seldom<Reason> lines;

    RefusalTally(InstantSource clock) {
        this.lines = new Seldom<>(clock);
        for (var reason : Reason.values()) {
            counts.put(reason, new LongAdder());
        }
    }

    /// One more, if this is the status of a refusal: some are answered with 200, as results of a call.
    void count(int status) {
        if (status < REFUSED) {
            return;
        }
        var reason = Reason.of(status);
        counter(reason).increment();
        lines.worthSaying(reason)
                .ifPresent(unsaid -> LOG.atInfo()
                        .addKeyValue("reason", reason.text)
                        .addKeyValue("total", count(reason))
                        .addKeyValue("unsaid", unsaid)
                        .log("requests are refused"));
    }

    long count(Reason reason) {
        return counter(reason).sum();
    }

    SequencedMap<String, LongSupplier> counts() {
        var named = new LinkedHashMap<String, LongSupplier>();
        for (var reason : Reason.values()) {
            named.put(reason.text, () -> count(reason));
        }
        return named;
    }

    private LongAdder counter(Reason reason) {
        return Objects.requireNonNull(counts.get(reason));
    }
}
