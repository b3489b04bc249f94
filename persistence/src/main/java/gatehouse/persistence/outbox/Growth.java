package gatehouse.persistence.outbox;

import gatehouse.persistence.outbox.OutboxSettings.Size;
import gatehouse.session.lifecycle.StreamKey;
import java.util.LinkedHashMap;
import java.util.Map;

/// Notices which streams have grown by a quarter of their bound since they were last looked at.
///
/// So a stream is cut now and then and not at every append, and never holds more than a quarter over its bound. It
/// remembers a bounded number of streams; one it forgot is looked at a quarter later.
final class Growth {

    private static final int STREAMS = 10_000;

    private final int entries;
    private final long bytes;
    private final Map<StreamKey, Size> grown = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<StreamKey, Size> eldest) {
            return size() > STREAMS;
        }
    };

    Growth(Size bound) {
        this.entries = Math.max(1, bound.entries() / 4);
        this.bytes = Math.max(1, bound.bytes() / 4);
    }

    /// True when the stream should be looked at now.
    boolean by(Append append) {
        var grew = new Size(append.entries().size(), append.bytes());
        var sum = grown.merge(
                append.stream(), grew, (a, b) -> new Size(a.entries() + b.entries(), a.bytes() + b.bytes()));
        var much = sum.entries() >= entries || sum.bytes() >= bytes;
        if (much || append.closes()) {
            grown.remove(append.stream());
        }
        return much;
    }
}
