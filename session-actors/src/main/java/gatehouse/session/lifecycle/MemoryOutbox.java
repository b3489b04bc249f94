package gatehouse.session.lifecycle;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.util.ByteString;

/// An outbox for routes whose streams nobody resumes after a restart: bounded in streams, entries and age.
public final class MemoryOutbox implements Outbox {

    private static final class Log {
        private final Deque<Entry> entries = new ArrayDeque<>(2);
        private final ByteString request;
        private Instant touched = Instant.MIN;

        private Log(ByteString request) {
            this.request = request;
        }
    }

    private final int streams;
    private final Duration retention;
    private final Clock clock;
    private final LinkedHashMap<StreamKey, Log> logs = new LinkedHashMap<>();

    public MemoryOutbox(int streams, Duration retention, Clock clock) {
        this.streams = streams;
        this.retention = retention;
        this.clock = clock;
    }

    @Override
    public synchronized CompletionStage<Done> append(StreamKey stream, List<Entry> entries) {
        var log = logs.computeIfAbsent(stream, _ -> fresh(entries));
        if (!log.entries.isEmpty()
                && entries.getFirst().number() <= log.entries.getLast().number()) {
            return CompletableFuture.failedFuture(new StaleWriter(stream));
        }
        log.entries.addAll(entries);
        log.touched = clock.instant();
        forgetOld();
        return CompletableFuture.completedFuture(Done.getInstance());
    }

    @Override
    public synchronized CompletionStage<List<Entry>> read(StreamKey stream, long after, int limit) {
        var log = logs.get(stream);
        return CompletableFuture.completedFuture(
                log == null
                        ? List.of()
                        : log.entries.stream()
                                .filter(entry -> entry.number() > after)
                                .limit(limit)
                                .toList());
    }

    @Override
    public synchronized CompletionStage<Extent> extent(StreamKey stream) {
        var log = logs.get(stream);
        return CompletableFuture.completedFuture(
                log == null || log.entries.isEmpty()
                        ? new Extent(-1, -1, false, ByteString.emptyByteString())
                        : new Extent(
                                log.entries.getFirst().number(),
                                log.entries.getLast().number(),
                                log.entries.getLast().kind() == Entry.Kind.CLOSED,
                                log.request));
    }

    @Override
    public synchronized CompletionStage<Done> trim(StreamKey stream, long upTo) {
        var log = logs.get(stream);
        if (log != null) {
            log.entries.removeIf(entry -> entry.number() <= upTo);
        }
        return CompletableFuture.completedFuture(Done.getInstance());
    }

    @Override
    public synchronized CompletionStage<Done> drop(SessionKey session) {
        logs.keySet().removeIf(key -> key.session().equals(session));
        return CompletableFuture.completedFuture(Done.getInstance());
    }

    private static Log fresh(List<Entry> entries) {
        var first = entries.getFirst();
        return new Log(first.kind() == Entry.Kind.OPENED ? first.data() : ByteString.emptyByteString());
    }

    /// Oldest streams go first, whether by age or because there are too many.
    private void forgetOld() {
        var tooOld = clock.instant().minus(retention);
        var oldest = logs.entrySet().iterator();
        while (oldest.hasNext()) {
            Map.Entry<StreamKey, Log> log = oldest.next();
            if (logs.size() <= streams && !log.getValue().touched.isBefore(tooOld)) {
                return;
            }
            oldest.remove();
        }
    }
}
