package gatehouse.session.upstream;

import gatehouse.policy.rate.Seldom;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Exchanges one after the other, as one: giving it up gives up whichever is under way, and begins no other.
public final class Chain {

    private static final Logger LOG = LoggerFactory.getLogger(Chain.class);

    /// Whoever brings an error about can do so with each call.
    private static final Seldom<Class<?>> LINES = new Seldom<>(InstantSource.system());

    private Chain() {}

    /// The first may be shared with others, and is therefore left alone: to give it up as well, see [#first].
    public static <T, R> CompletableFuture<R> after(
            CompletableFuture<T> before, Function<? super T, CompletableFuture<R>> next) {
        var whole = new CompletableFuture<R>();
        var _ = before.whenComplete((got, failure) -> {
            if (failure != null) {
                whole.completeExceptionally(failure);
            } else if (!whole.isDone()) {
                begin(next, got, whole);
            }
        });
        return whole;
    }

    public static <T, R> CompletableFuture<R> first(
            CompletableFuture<T> own, Function<? super T, CompletableFuture<R>> next) {
        var whole = after(own, next);
        var _ = whole.whenComplete((got, failure) -> own.cancel(true));
        return whole;
    }

    /// An error, too, ends what somebody waits for: nobody else would ever hear of it here.
    private static <T, R> void begin(
            Function<? super T, CompletableFuture<R>> next, T got, CompletableFuture<R> whole) {
        try {
            var second = next.apply(got);
            var _ = second.whenComplete((last, failure) -> {
                if (failure == null) {
                    whole.complete(last);
                } else {
                    whole.completeExceptionally(failure);
                }
            });
            var _ = whole.whenComplete((last, failure) -> second.cancel(true));
        } catch (RuntimeException broken) {
            whole.completeExceptionally(broken);
        } catch (Error broken) {
            whole.completeExceptionally(broken);
            LINES.worthSaying(broken.getClass())
                    .ifPresent(unsaid -> LOG.atError()
                            .addKeyValue("unsaid", unsaid)
                            .setCause(broken)
                            .log("an exchange broke off before its next step began"));
        }
    }
}
