package gatehouse.session.lifecycle;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.util.ByteString;

/// The port to the append-only logs of outgoing streams. Each stream has one writer at a time.
///
/// Every stage fails with [StoreBusy] when too much is waiting, and with [StoreOutOfReach] when the store does not
/// answer in time. Stages complete on a thread of the store: what hangs on them must not block.
public interface Outbox {

    /// Appends in order, and completes when the entries would survive the death of this process.
    /// Fails with [StaleWriter] if one of the numbers is taken: somebody else writes this stream now.
    ///
    /// A stream has one append under way at a time. After [StoreOutOfReach] the very same append may be repeated:
    /// what
    /// is already there, equal, counts as appended.
    CompletionStage<Done> append(StreamKey stream, List<Entry> entries);

    /// The bytes after which a page ends: those of many readers are in memory at once.
    long PAGE_BYTES = 1 << 20;

    /// The entries after a number, oldest first, at most `limit` of them, and none after those that together have
    /// [#PAGE_BYTES]. Empty only if there are none.
    CompletionStage<List<Entry>> read(StreamKey stream, long after, int limit);

    /// Where a stream stands; nothing is held if it is unknown, or so old that it was dropped. Then a writer opens
    /// a
    /// stream under a new name, for the numbers of the old one are lost.
    CompletionStage<Extent> extent(StreamKey stream);

    /// Forgets entries up to and including a number, but never the opening of a stream that goes on.
    CompletionStage<Done> trim(StreamKey stream, long upTo);

    /// Forgets every stream of a session.
    CompletionStage<Done> drop(SessionKey session);

    /// First and last number held, what the last entry is, and the request the stream answers (its OPENED data).
    /// Everything from `first` to `last` is held; the opening is known even where `first` is larger.
    /// `last` is -1 where nothing is known, and less than `first` where only that is known: how far the stream is.
    ///
    /// @param source what the last entry says of the upstream's own stream
    record Extent(long first, long last, boolean closed, ByteString request, String source) {

        public static final Extent NONE = new Extent(-1, -1, false, ByteString.emptyByteString(), "");

        public boolean exists() {
            return last >= 0;
        }

        /// Whether a number was given out, and all that followed it is still held.
        public boolean goesOnAfter(long number) {
            return exists() && number >= first - 1 && number <= last;
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
