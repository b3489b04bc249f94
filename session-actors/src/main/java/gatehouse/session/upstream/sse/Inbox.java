package gatehouse.session.upstream.sse;

import gatehouse.session.upstream.Broken;
import gatehouse.session.upstream.Event;
import gatehouse.session.upstream.Fault;
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

/// What came for one reader and was not read yet. One writer, one reader at a time, never more than its bounds and one.
final class Inbox {

    private static final CompletionStage<Done> DONE = CompletableFuture.completedFuture(Done.getInstance());

    private final int most;
    private final long mostBytes;
    private final Deque<Event> unread = new ArrayDeque<>();
    private long bytes;
    private CompletableFuture<Done> more = new CompletableFuture<>();
    private CompletableFuture<Done> room = new CompletableFuture<>();
    private Optional<Fault> fault = Optional.empty();
    private boolean closed;
    private boolean attended;
    private int reader;

    /// @param most events that lie unread
    /// @param mostBytes that these are of, together
    Inbox(int most, long mostBytes) {
        this.most = most;
        this.mostBytes = mostBytes;
    }

    /// Completes when there is room for another; the writer has to wait until then.
    synchronized CompletionStage<Done> put(Event event) {
        if (closed) {
            return DONE;
        }
        unread.add(event);
        bytes += size(event);
        wakeReader();
        return hasRoom() ? DONE : room;
    }

    /// Drops the oldest where there is no room.
    synchronized void push(Event event) {
        while (!unread.isEmpty() && (unread.size() >= most || bytes + size(event) > mostBytes)) {
            var _ = take();
        }
        var _ = put(event);
    }

    private boolean hasRoom() {
        return unread.size() <= most && bytes <= mostBytes;
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
        wakeWriter();
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
            var event = take();
            if (hasRoom()) {
                wakeWriter();
            }
            return CompletableFuture.completedFuture(Optional.of(event));
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

    private void wakeWriter() {
        var waiting = room;
        room = new CompletableFuture<>();
        waiting.complete(Done.getInstance());
    }
}
