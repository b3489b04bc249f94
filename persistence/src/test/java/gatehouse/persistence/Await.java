package gatehouse.persistence;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Waits, but not for ever.
public final class Await {

    private static final Duration LONG_ENOUGH = Duration.ofSeconds(20);

    private Await() {}

    public static <T> T result(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(LONG_ENOUGH.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failure) {
            throw new CompletionException(failure.getCause());
        } catch (InterruptedException | TimeoutException late) {
            throw new AssertionError("no answer", late);
        }
    }

    /// Why it failed.
    public static Throwable failure(CompletionStage<?> stage) {
        try {
            throw new AssertionError("did not fail but answered " + result(stage));
        } catch (CompletionException failure) {
            return failure.getCause() == null ? failure : failure.getCause();
        }
    }
}
