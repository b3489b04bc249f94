package gatehouse.session.lifecycle;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/// One stream as its writer and its reader see it: appended to the outbox first, then read.
///
/// There is one way to read, whether the connection is the first or a resumed one: from a number onwards, and then
/// whatever comes. A reader that waits is given what is written at once. Entries no reader has taken yet are kept in
/// memory up to a bound, of number and of bytes, the rest is read back from the outbox. A message goes to exactly one
/// connection, so a new reader ends the one before it.
///
/// An append waits for the one before it and takes its number then, so that whoever closes a stream never races with
/// what
/// is still being written; how long that takes is bounded by the outbox. Nothing follows the close.
///
/// Writers and readers come from any thread.
public final class StreamLog {

    /// How much of a stream is kept: in the outbox, and in memory for a reader that is not there or slow.
    public record Bounds(int entries, long bytes, int inMemory, long inMemoryBytes) {}

    private static final int PAGE = 64;

    private final Outbox outbox;
    private final StreamKey key;
    private final Bounds bounds;
    private final ArrayDeque<Entry> tail = new ArrayDeque<>(2);
    private final ArrayDeque<Integer> sizes = new ArrayDeque<>(2);
    private CompletableFuture<Done> more = new CompletableFuture<>();
    private CompletionStage<Done> appending = CompletableFuture.completedStage(Done.getInstance());
    private @Nullable CompletionStage<Done> closing;
    private long last;
    private long heldBytes;
    private long tailBytes;
    private boolean closed;
    private boolean unsaid;
    private boolean left;
    private boolean silent; // nothing was ever said on it
    private String source;
    private long taken = -1;
    private int reader;

    /// @param last the number of the last entry the outbox holds, -1 for a new stream
    public StreamLog(Outbox outbox, StreamKey key, Bounds bounds, long last) {
        this(outbox, key, bounds, last, "");
    }

    private StreamLog(Outbox outbox, StreamKey key, Bounds bounds, long last, String source) {
        this.outbox = outbox;
        this.key = key;
        this.bounds = bounds;
        this.last = last;
        this.source = source;
        this.silent = last <= 0;
    }

    /// A log that goes on where another writer was.
    static StreamLog after(Outbox.Extent extent, Outbox outbox, StreamKey key, Bounds bounds) {
        return new StreamLog(outbox, key, bounds, extent.last(), extent.source());
    }

    /// No two signatures are equal: an outbox takes what is equal for the same append, repeated.
    CompletionStage<Done> sign() {
        var signature = ByteString.fromString(UUID.randomUUID().toString());
        return append(() -> List.of(new Entry(number(0), Entry.Kind.SIGNED, signature)));
    }

    public StreamKey key() {
        return key;
    }

    /// The first entry: which request the stream answers, as JSON; empty for a session's own stream.
    public CompletionStage<Done> open(ByteString request) {
        return append(() -> List.of(new Entry(0, Entry.Kind.OPENED, request)));
    }

    /// What an upstream said, all of it or nothing.
    ///
    /// @param position how far the upstream was read with these; empty where it does not say
    public CompletionStage<Done> write(List<ByteString> messages, String position) {
        return append(() -> {
            var entries = numbered(messages);
            if (!position.isEmpty()) {
                entries.set(entries.size() - 1, entries.getLast().from(position));
            }
            return entries;
        });
    }

    /// How far the upstream's own stream was read, by what is stored.
    synchronized String source() {
        return source;
    }

    /// The last messages, and nothing after them. Who closes second gets what the first got; only where there was
    /// no
    /// room for what the first had to say, the second may say less.
    public synchronized CompletionStage<Done> close(List<ByteString> messages) {
        if (closing == null || unsaid) {
            unsaid = false;
            closing = null;
            closing = append(() -> {
                        var entries = new ArrayList<>(numbered(messages));
                        entries.add(new Entry(number(entries.size()), Entry.Kind.CLOSED, ByteString.emptyByteString()));
                        return entries;
                    })
                    .whenComplete((done, failure) -> leaveUnsaid(failure));
        }
        return closing;
    }

    private synchronized void leaveUnsaid(@Nullable Throwable failure) {
        unsaid = failure != null && StoreShareFull.in(failure).isPresent();
    }

    /// Ends readers without ending the stream: its writer leaves, what is stored stays and can be resumed.
    public synchronized void leave() {
        left = true;
        wake();
    }

    /// The last entry a reader took.
    public synchronized long taken() {
        return taken;
    }

    /// Entries after a number, as far as they are still held, and then whatever comes. Ends the reader before it.
    public Source<Entry, NotUsed> read(long after) {
        var turn = takeTurn();
        return Source.unfoldAsync(after, cursor -> next(cursor, turn))
                .mapConcat(page -> page)
                .takeWhile(entry -> entry.kind() != Entry.Kind.CLOSED);
    }

    /// Whether nothing was said on it, and nobody has read that it is open.
    synchronized boolean isFresh() {
        return silent && taken < 0;
    }

    public synchronized long last() {
        return last;
    }

    private synchronized int takeTurn() {
        reader++;
        wake();
        return reader;
    }

    private synchronized CompletionStage<Done> append(Supplier<List<Entry>> numbered) {
        if (closing != null) {
            return CompletableFuture.failedStage(new Outbox.StaleWriter(key));
        }
        appending = appending.handle((done, failure) -> Done.getInstance()).thenCompose(done -> {
            var entries = positioned(numbered.get());
            return outbox.append(key, entries).thenApply(written -> publish(entries));
        });
        return appending;
    }

    /// What is appended together is there together, so that the last of it speaks for all.
    private synchronized List<Entry> positioned(List<Entry> entries) {
        if (source.isEmpty() || !entries.getLast().source().isEmpty()) {
            return entries;
        }
        var positioned = new ArrayList<>(entries);
        positioned.set(positioned.size() - 1, positioned.getLast().from(source));
        return positioned;
    }

    private synchronized Done publish(List<Entry> entries) {
        for (var entry : entries) {
            last = entry.number();
            closed |= entry.kind() == Entry.Kind.CLOSED;
            silent &= entry.kind() != Entry.Kind.MESSAGE;
            source = entry.source().isEmpty() ? source : entry.source();
            tail.add(entry);
            tailBytes += entry.data().size();
            sizes.add(entry.data().size());
            heldBytes += entry.data().size();
        }
        keepWithinBounds();
        wake();
        while (tail.size() > bounds.inMemory() || tailBytes > bounds.inMemoryBytes()) {
            forgetFirst();
        }
        return Done.getInstance();
    }

    private void forgetFirst() {
        tailBytes -= tail.removeFirst().data().size();
    }

    private void keepWithinBounds() {
        var forgotten = 0;
        while (sizes.size() > bounds.entries() || (heldBytes > bounds.bytes() && sizes.size() > 1)) {
            heldBytes -= sizes.removeFirst();
            forgotten++;
        }
        if (forgotten > 0) {
            outbox.trim(key, last - sizes.size());
        }
    }

    private synchronized CompletionStage<Optional<Pair<Long, List<Entry>>>> next(long after, int turn) {
        if (turn != reader) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        taken = Math.max(taken, Math.min(after, last));
        if (after < last) {
            var upTo = last;
            return page(after).thenCompose(page -> page.isEmpty() ? next(upTo, turn) : found(page));
        }
        return closed || left
                ? CompletableFuture.completedFuture(Optional.empty())
                : more.thenCompose(done -> next(after, turn));
    }

    private static CompletionStage<Optional<Pair<Long, List<Entry>>>> found(List<Entry> page) {
        return CompletableFuture.completedFuture(
                Optional.of(Pair.create(page.getLast().number(), page)));
    }

    private CompletionStage<List<Entry>> page(long after) {
        while (!tail.isEmpty() && tail.getFirst().number() <= after) {
            forgetFirst();
        }
        return !tail.isEmpty() && tail.getFirst().number() == after + 1
                ? CompletableFuture.completedFuture(tail.stream().limit(PAGE).toList())
                : outbox.read(key, after, PAGE);
    }

    private void wake() {
        var waiting = more;
        more = new CompletableFuture<>();
        waiting.complete(Done.getInstance());
    }

    private List<Entry> numbered(List<ByteString> messages) {
        var entries = new ArrayList<Entry>(messages.size() + 1);
        for (var message : messages) {
            entries.add(new Entry(number(entries.size()), Entry.Kind.MESSAGE, message));
        }
        return entries;
    }

    private synchronized long number(int offset) {
        return last + 1 + offset;
    }
}
