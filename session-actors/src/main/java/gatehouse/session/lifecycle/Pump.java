package gatehouse.session.lifecycle;

import gatehouse.session.mcp.Message;
import gatehouse.session.upstream.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.UniqueKillSwitch;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/// Carries what an upstream says into the log of a stream, as fast as the log takes it: what arrives while a batch is
/// being written becomes the next batch.
public final class Pump {

    /// What becomes of a message on its way from an upstream to a client.
    public interface Passage {
        /// The messages that go on in its stead, none to drop it.
        CompletionStage<List<Message>> carry(Message message);

        /// Whether nothing may follow it.
        boolean isLast(Message message);

        /// Whose event ids they are.
        Leg leg();
    }

    /// Where the upstream's stream ended: whether the last message was among it, and how to resume it if not.
    ///
    /// @param eventId the last event all of which is written: what came after it is to be said again
    /// @param broken how it failed, if it did
    /// @param unwritten why the log took nothing more, if that is why it ended
    public record Drained(
            boolean finished,
            String eventId,
            long retryMillis,
            Optional<Throwable> broken,
            Optional<Throwable> unwritten) {

        static final Drained NOTHING = new Drained(false, "", -1, Optional.empty(), Optional.empty());

        private Drained by(Throwable failure) {
            return new Drained(finished, eventId, retryMillis, Optional.of(failure), unwritten);
        }

        private Drained heard(Event event) {
            var retry = event.retryMillis() < 0 ? retryMillis : event.retryMillis();
            return new Drained(finished, eventId, retry, broken, unwritten);
        }

        private Drained upTo(Batch batch) {
            var id = batch.eventId().isEmpty() ? eventId : batch.eventId();
            return new Drained(finished || batch.last(), id, retryMillis, broken, unwritten);
        }

        private Drained stuck(Throwable failure) {
            return new Drained(finished, eventId, retryMillis, broken, Optional.of(failure));
        }
    }

    /// A pump at work.
    public record Running(UniqueKillSwitch stop, CompletionStage<Drained> drained) {}

    /// One batch: so many lines, or fewer where they are long. One line longer than that is a batch of its own.
    private static final int BATCH = 64;

    private static final long BATCH_BYTES = 1 << 20;

    private final StreamLog log;
    private final Passage passage;
    private final AtomicReference<Drained> position = new AtomicReference<>(Drained.NOTHING);

    private Pump(StreamLog log, Passage passage) {
        this.log = log;
        this.passage = passage;
    }

    public static Running run(Source<Event, NotUsed> events, Passage passage, StreamLog log, ActorSystem<?> system) {
        var pump = new Pump(log, passage);
        var running = events.mapError(Throwable.class, pump::broke)
                .recoverWithRetries(1, Throwable.class, Source::empty) // what came before is written all the same
                .takeWhile(event -> !pump.last(event), true)
                .viaMat(KillSwitches.single(), Keep.right())
                .mapAsync(1, pump::carried)
                .batchWeighted(BATCH_BYTES, Batch::weight, first -> first, Batch::and)
                .mapAsync(1, pump::written)
                .toMat(Sink.ignore(), Keep.both())
                .run(system);
        var drained = running.second()
                .handle((done, failure) -> failure == null
                        ? pump.position.get()
                        : pump.position.get().stuck(failure));
        return new Running(running.first(), drained);
    }

    /// Lines to write at once, and whether the last of them ends the stream.
    private record Batch(List<ByteString> lines, boolean last, String eventId) {
        long weight() {
            var bytes = 0L;
            for (var line : lines) {
                bytes += line.size();
            }
            return Math.max(bytes, BATCH_BYTES / BATCH);
        }

        Batch and(Batch more) {
            var both = new ArrayList<>(lines);
            both.addAll(more.lines());
            return new Batch(both, more.last(), more.eventId().isEmpty() ? eventId : more.eventId());
        }
    }

    private Throwable broke(Throwable failure) {
        position.updateAndGet(before -> before.by(failure));
        return failure;
    }

    private boolean last(Event event) {
        return event.message().stream().anyMatch(passage::isLast);
    }

    private CompletionStage<Batch> carried(Event event) {
        var last = last(event);
        position.updateAndGet(before -> before.heard(event));
        if (event.message().isEmpty()) {
            return CompletableFuture.completedFuture(new Batch(List.of(), false, event.id()));
        }
        return passage.carry(event.message().getFirst())
                .thenApply(messages ->
                        new Batch(messages.stream().map(Message::bytes).toList(), last, event.id()));
    }

    private CompletionStage<Drained> written(Batch batch) {
        return write(batch).thenApply(done -> position.updateAndGet(before -> before.upTo(batch)));
    }

    private CompletionStage<Done> write(Batch batch) {
        if (batch.last()) {
            return log.close(batch.lines());
        }
        return batch.lines().isEmpty()
                ? CompletableFuture.completedFuture(Done.getInstance())
                : log.write(batch.lines(), new Position(passage.leg(), batch.eventId()).text());
    }
}
