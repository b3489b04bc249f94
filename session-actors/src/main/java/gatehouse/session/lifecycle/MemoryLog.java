package gatehouse.session.lifecycle;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.pekko.util.ByteString;

/// One stream of a [MemoryOutbox]: what is left of it, and how far it is even where nothing is.
final class MemoryLog {

    /// What an entry costs beside its data.
    private static final long OVERHEAD = 100;

    private final Deque<Entry> entries = new ArrayDeque<>(2);
    private final ByteString request;
    private Instant touched = Instant.MIN;
    private long last = -1;
    private boolean closed;
    private String source = "";

    private MemoryLog(ByteString request) {
        this.request = request;
    }

    static MemoryLog of(Entry first) {
        return new MemoryLog(first.kind() == Entry.Kind.OPENED ? first.data() : ByteString.emptyByteString());
    }

    long last() {
        return last;
    }

    boolean closed() {
        return closed;
    }

    Instant touched() {
        return touched;
    }

    Outbox.Extent extent() {
        var first = entries.isEmpty() ? last + 1 : entries.getFirst().number();
        return new Outbox.Extent(first, last, closed, request, source);
    }

    /// How many bytes more that makes.
    long add(List<Entry> more, Instant now) {
        touched = now;
        var bytes = 0L;
        for (var entry : more) {
            entries.add(entry);
            bytes += cost(entry);
            last = entry.number();
            source = entry.source();
            closed = entry.kind() == Entry.Kind.CLOSED;
        }
        return bytes;
    }

    /// How many bytes less that makes.
    long forget(long upTo) {
        var bytes = 0L;
        while (!entries.isEmpty() && entries.getFirst().number() <= upTo) {
            bytes += cost(entries.removeFirst());
        }
        return bytes;
    }

    long forgetAll() {
        return forget(last);
    }

    List<Entry> page(long after, int limit) {
        var page = new ArrayList<Entry>();
        var bytes = 0L;
        for (var entry : entries) {
            if (page.size() == limit || bytes >= Outbox.PAGE_BYTES) {
                return page;
            }
            if (entry.number() > after) {
                page.add(entry);
                bytes += entry.data().size();
            }
        }
        return page;
    }

    private static long cost(Entry entry) {
        return OVERHEAD + entry.data().size() + entry.source().length();
    }
}
