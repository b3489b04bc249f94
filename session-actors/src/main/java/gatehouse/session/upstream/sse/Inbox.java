package gatehouse.session.upstream.sse;

import gatehouse.session.upstream.Broken;
import gatehouse.session.upstream.Event;
import gatehouse.session.upstream.Fault;
import gatehouse.session.upstream.UpstreamSettings;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Source;

/// What came for one reader and was not read yet. One writer, one reader at a time. The writer never waits: it reads
/// for
/// others too.
final class Inbox {

    private final UpstreamSettings.Unread most;
    private final Deque<Event> unread = new ArrayDeque<>();
    private long bytes;
    private CompletableFuture<Done> more = new CompletableFuture<>();
    private Optional<Fault> fault = Optional.empty();
    private boolean closed;
    private boolean attended;
    private int reader;

    Inbox(UpstreamSettings.Unread most) {
        this.most = most;
    }

    /// Whether there was room for it, or nobody wants it any more.
    synchronized boolean offer(Event event) {
        var fits = closed || hasRoomFor(event);
        if (fits) {
            put(event);
        }
        return fits;
    }

    /// There is always room for the last one.
    synchronized void finish(Event last) {
        put(last);
        end();
    }

    /// Drops the oldest where there is no room.
    synchronized void push(Event event) {
        while (!hasRoomFor(event)) {
            var _ = take();
        }
        put(event);
    }

    private boolean hasRoomFor(Event event) {
        return unread.isEmpty() || (unread.size() < most.messages() && bytes + size(event) <= most.bytes());
    }

    private void put(Event event) {
        if (!closed) {
            unread.add(event);
            bytes += size(event);
            wakeReader();
        }
    }

    private Event take() {
        var event = unread.remove();
        bytes -= size(event);
        return event;
    }

    private static long size(Event event) {
        return event.message().stream()
                        .mapToLong(message -> message.bytes().size())
                        .sum()
                + event.id().length()
                + event.endpoint().length();
    }

    /// What is there can still be read; then the reader ends.
    synchronized void end() {
        closed = true;
        wakeReader();
    }

    /// The same, and the reader fails.
    synchronized void fail(Fault why) {
        fault = closed ? fault : Optional.of(why);
        end();
    }

    /// Whether anybody ever began to read.
    synchronized boolean isClaimed() {
        return reader > 0;
    }

    /// Ends the reader before this one.
    ///
    /// @param left is done when this reader ends, however it ends, unless another took its place
    Source<Event, NotUsed> read(Runnable left) {
        return Source.fromMaterializer((materializer, attributes) -> reading(takeTurn(), left))
                .mapMaterializedValue(later -> NotUsed.getInstance());
    }

    private Source<Event, NotUsed> reading(int turn, Runnable left) {
        return Source.unfoldAsync(
                        turn, mine -> next(mine).thenApply(found -> found.map(event -> Pair.create(mine, event))))
                .mapError(CompletionException.class, Throwable::getCause)
                .watchTermination((none, done) -> {
                    done.whenComplete((end, failure) -> leave(turn, left));
                    return none;
                });
    }

    /// Whether somebody reads now.
    synchronized boolean isAttended() {
        return attended;
    }

    private synchronized int takeTurn() {
        reader++;
        attended = true;
        wakeReader();
        return reader;
    }

    private void leave(int turn, Runnable left) {
        if (isLast(turn)) {
            left.run();
        }
    }

    private synchronized boolean isLast(int turn) {
        attended &= turn != reader;
        return turn == reader;
    }

    private synchronized CompletionStage<Optional<Event>> next(int turn) {
        if (turn != reader) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        if (!unread.isEmpty()) {
            return CompletableFuture.completedFuture(Optional.of(take()));
        }
        if (!closed) {
            return more.thenCompose(done -> next(turn));
        }
        return fault.<CompletionStage<Optional<Event>>>map(why -> CompletableFuture.failedFuture(new Broken(why)))
                .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()));
    }

    private void wakeReader() {
        var waiting = more;
        more = new CompletableFuture<>();
        waiting.complete(Done.getInstance());
    }
}
