package gatehouse.persistence.outbox;

import gatehouse.session.lifecycle.Entry;
import gatehouse.session.lifecycle.StreamKey;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.Done;

/// What one stream wants written, all of it or nothing, and whom to tell.
record Append(StreamKey stream, List<Entry> entries, long bytes, CompletableFuture<Done> done) {

    /// What an entry costs beside its data, in memory and in a row.
    static final int OVERHEAD = 200;

    static Append of(StreamKey stream, List<Entry> entries) {
        long bytes = 0;
        var expected = entries.getFirst().number();
        for (var entry : entries) {
            if (entry.number() != expected++) {
                throw new IllegalArgumentException("entry " + entry.number() + " leaves a gap in " + stream.name());
            }
            bytes += entry.data().size() + OVERHEAD;
        }
        return new Append(stream, List.copyOf(entries), bytes, new CompletableFuture<>());
    }

    boolean closes() {
        return entries.getLast().kind() == Entry.Kind.CLOSED;
    }

    void succeed() {
        done.complete(Done.getInstance());
    }

    void fail(Throwable cause) {
        done.completeExceptionally(cause);
    }
}
