package gatehouse.node.edge;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.RequestEntity;
import org.apache.pekko.http.scaladsl.model.EntityStreamSizeException;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.util.ByteString;

/// Reads request bodies, whole or not at all: a decision about half a message is no decision.
final class Bodies {

    /// What came of reading a body.
    sealed interface Body {}

    record Whole(ByteString bytes) implements Body {}

    record TooLarge(int most) implements Body {}

    record Broken() implements Body {}

    private final Materializer materializer;
    private final Duration deadline;

    Bodies(ActorSystem<?> system, Duration deadline) {
        this.materializer = Materializer.createMaterializer(system);
        this.deadline = deadline;
    }

    CompletionStage<Body> read(RequestEntity entity, int most) {
        if (entity instanceof HttpEntity.Strict strict) {
            return CompletableFuture.completedFuture(
                    strict.getData().size() > most ? new TooLarge(most) : new Whole(strict.getData()));
        }
        if (entity.getContentLengthOption().orElse(0) > most) {
            entity.getDataBytes().runWith(Sink.cancelled(), materializer);
            return CompletableFuture.completedFuture(new TooLarge(most));
        }
        return entity.withSizeLimit(most)
                .toStrict(deadline.toMillis(), most, materializer)
                .<Body>thenApply(strict -> new Whole(strict.getData()))
                .exceptionally(failure -> failure instanceof EntityStreamSizeException
                                || failure.getCause() instanceof EntityStreamSizeException
                        ? new TooLarge(most)
                        : new Broken());
    }
}
