package gatehouse.node.edge;

import gatehouse.policy.rate.Load;
import gatehouse.policy.verdict.Denial;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.RequestEntity;
import org.apache.pekko.http.scaladsl.model.EntityStreamSizeException;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.util.ByteString;
import org.apache.pekko.util.ByteStringBuilder;

/// Reads request bodies, whole or not at all: a decision about half a message is no decision.
///
/// A large body takes room while it arrives and until it is answered, so that many of them do not take the node's
/// memory; a small one is bounded by the number of connections and calls.
final class Bodies {

    /// What came of reading a body.
    sealed interface Body {}

    record Whole(ByteString bytes) implements Body {}

    record TooLarge(int most) implements Body {}

    record NoRoom(Denial denial) implements Body {}

    record Broken() implements Body {}

    private final Materializer materializer;
    private final Duration deadline;

    Bodies(ActorSystem<?> system, Duration deadline) {
        this.materializer = Materializer.createMaterializer(system);
        this.deadline = deadline;
    }

    /// @param room for the body; whoever gets the answer gives it back
    CompletionStage<Body> read(RequestEntity entity, int most, Load room) {
        if (entity instanceof HttpEntity.Strict strict) {
            return CompletableFuture.completedFuture(
                    strict.getData().size() > most ? new TooLarge(most) : whole(strict.getData(), room));
        }
        var announced = entity.getContentLengthOption();
        if (announced.orElse(0) > most) {
            entity.getDataBytes().runWith(Sink.cancelled(), materializer);
            return CompletableFuture.completedFuture(new TooLarge(most));
        }
        var takes = announced.orElse(Long.MAX_VALUE) > Load.SMALL; // however many packets it comes in
        return entity.withSizeLimit(most)
                .getDataBytes()
                .completionTimeout(deadline)
                .map(piece -> takes ? taking(piece, room) : piece)
                .runFold(new ByteStringBuilder(), ByteStringBuilder::append, materializer)
                .<Body>thenApply(all -> new Whole(all.result()))
                .exceptionally(failure -> whyNot(failure, most));
    }

    private static Body whole(ByteString bytes, Load room) {
        return bytes.size() <= Load.SMALL
                ? new Whole(bytes)
                : room.grow(bytes.size()).<Body>map(NoRoom::new).orElseGet(() -> new Whole(bytes));
    }

    private static ByteString taking(ByteString piece, Load room) {
        room.grow(piece.size()).ifPresent(denial -> {
            throw new Full(denial);
        });
        return piece;
    }

    private static Body whyNot(Throwable failure, int most) {
        var cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return switch (cause) {
            case EntityStreamSizeException tooLarge -> new TooLarge(most);
            case Full full -> new NoRoom(full.denial());
            case null, default -> new Broken();
        };
    }
}
