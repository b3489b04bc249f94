package gatehouse.session.federation;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/// A question that is being asked, or that failed lately.
///
/// @param retry before which it is not asked again
/// @param outdated whether something changed since it was asked
record Trial<V>(long number, CompletableFuture<Answered<V>> answer, Instant retry, boolean failed, boolean outdated) {

    static <V> Trial<V> begun(long number) {
        return new Trial<>(number, new CompletableFuture<>(), Instant.MAX, false, false);
    }

    Trial<V> failing(Instant when) {
        return new Trial<>(number, answer, when, true, outdated);
    }

    Trial<V> overtaken() {
        return new Trial<>(number, answer, retry, failed, true);
    }
}
