package gatehouse.session.lifecycle;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;

/// The port to the append-only logs of outgoing streams. Each stream has one writer at a time.
///
/// Every stage fails when the store is out of reach or the writer's queue is full; then nothing of that batch counts.
public interface Outbox {

    /// Appends in order, and completes when the entries would survive the death of this process.
    /// Fails with [StaleWriter] if one of the numbers is taken: somebody else writes this stream now.
    CompletionStage<Done> append(StreamKey stream, List<Entry> entries);

    /// The entries after a number, oldest first, at most `limit` of them. Empty if there are none.
    CompletionStage<List<Entry>> read(StreamKey stream, long after, int limit);

    /// Where a stream stands; empty if it is unknown, or so old that it was dropped.
    CompletionStage<Extent> extent(StreamKey stream);

    /// Forgets entries up to and including a number.
    CompletionStage<Done> trim(StreamKey stream, long upTo);

    /// Forgets every stream of a session.
    CompletionStage<Done> drop(SessionKey session);

    /// First and last number held, what the last entry is, and the request the stream answers (its OPENED data).
    /// `last` is -1 where nothing is held.
    record Extent(long first, long last, boolean closed, org.apache.pekko.util.ByteString request) {
        public boolean exists() {
            return last >= 0;
        }
    }

    /// Another writer took over the stream.
    final class StaleWriter extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public StaleWriter(StreamKey stream) {
            super("another writer holds stream " + stream.name());
        }
    }
}
