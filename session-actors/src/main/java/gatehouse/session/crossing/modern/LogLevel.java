package gatehouse.session.crossing.modern;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.Done;

/// How much an upstream was told to say. It is never made to say less: others may need it.
final class LogLevel {

    private Optional<Severity> level = Optional.empty();
    private CompletionStage<Done> told = CompletableFuture.completedFuture(Done.getInstance());

    /// Completes when the upstream says at least this much, one change after the other.
    synchronized CompletionStage<Done> raise(Severity wanted, Function<Severity, CompletionStage<Done>> tell) {
        if (level.filter(known -> known.includes(wanted)).isEmpty()) {
            level = Optional.of(wanted);
            told = told.exceptionally(failure -> Done.getInstance()).thenCompose(done -> tell.apply(wanted));
        }
        return told;
    }

    /// Tells it again to an upstream that forgot it.
    synchronized CompletionStage<Done> replay(Function<Severity, CompletionStage<Done>> tell) {
        return level.map(tell).orElseGet(() -> CompletableFuture.completedFuture(Done.getInstance()));
    }
}
