package gatehouse.session.lifecycle;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.util.ByteString;

/// An outbox for routes whose streams nobody resumes after a restart: bounded in streams, entries and age.
///
/// A stream that has ended is kept for a while, for clients that come back, and is the first to go when there are too
/// many. One that goes on is never forgotten while its session may live, however quiet it is: its writer would count on
/// from a number that nobody knows any more. Where only such streams are left, a new one finds no room.
public final class MemoryOutbox implements Outbox {

    /// How many streams there may be, how long one is kept after its end, and how long one that goes on.
    public record Bounds(int streams, Duration ended, Duration open) {}

    private static final class Log {
        private final Deque<Entry> entries = new ArrayDeque<>(2);
        private final ByteString request;
        private Instant touched = Instant.MIN;

        private Log(ByteString request) {
            this.request = request;
        }

        private Entry last() {
            return entries.getLast();
        }
    }

    private final Bounds bounds;
    private final Clock clock;
    private final LinkedHashMap<StreamKey, Log> open = new LinkedHashMap<>(); // longest quiet first
    private final LinkedHashMap<StreamKey, Log> ended = new LinkedHashMap<>(); // longest ended first

    public MemoryOutbox(Bounds bounds, Clock clock) {
        this.bounds = bounds;
        this.clock = clock;
    }

    @Override
    public synchronized CompletionStage<Done> append(StreamKey stream, List<Entry> entries) {
        var known = find(stream);
        if (known.filter(log -> entries.getFirst().number() <= log.last().number())
                .isPresent()) {
            return CompletableFuture.failedFuture(new StaleWriter(stream));
        }
        forgetOld();
        if (known.isEmpty() && !makeRoom()) {
            return CompletableFuture.failedFuture(new StoreBusy("streams in memory"));
        }
        var log = known.orElseGet(() -> fresh(entries));
        log.entries.addAll(entries);
        log.touched = clock.instant();
        open.remove(stream);
        (log.last().kind() == Entry.Kind.CLOSED ? ended : open).put(stream, log);
        return CompletableFuture.completedFuture(Done.getInstance());
    }

    @Override
    public synchronized CompletionStage<List<Entry>> read(StreamKey stream, long after, int limit) {
        return CompletableFuture.completedFuture(find(stream)
                .map(log -> log.entries.stream()
                        .filter(entry -> entry.number() > after)
                        .limit(limit)
                        .toList())
                .orElse(List.of()));
    }

    @Override
    public synchronized CompletionStage<Extent> extent(StreamKey stream) {
        return CompletableFuture.completedFuture(find(stream)
                .map(log -> new Extent(
                        log.entries.getFirst().number(),
                        log.last().number(),
                        log.last().kind() == Entry.Kind.CLOSED,
                        log.request))
                .orElse(Extent.NONE));
    }

    /// The newest entry stays: it tells where the stream stands.
    @Override
    public synchronized CompletionStage<Done> trim(StreamKey stream, long upTo) {
        find(stream).ifPresent(log -> {
            var most = Math.min(upTo, log.last().number() - 1);
            log.entries.removeIf(entry -> entry.number() <= most);
        });
        return CompletableFuture.completedFuture(Done.getInstance());
    }

    @Override
    public synchronized CompletionStage<Done> drop(SessionKey session) {
        open.keySet().removeIf(key -> key.session().equals(session));
        ended.keySet().removeIf(key -> key.session().equals(session));
        return CompletableFuture.completedFuture(Done.getInstance());
    }

    private Optional<Log> find(StreamKey stream) {
        return Optional.ofNullable(open.get(stream)).or(() -> Optional.ofNullable(ended.get(stream)));
    }

    private static Log fresh(List<Entry> entries) {
        var first = entries.getFirst();
        return new Log(first.kind() == Entry.Kind.OPENED ? first.data() : ByteString.emptyByteString());
    }

    private boolean makeRoom() {
        if (open.size() + ended.size() < bounds.streams()) {
            return true;
        }
        return ended.pollFirstEntry() != null;
    }

    private void forgetOld() {
        var now = clock.instant();
        forgetBefore(now.minus(bounds.ended()), ended);
        forgetBefore(now.minus(bounds.open()), open);
    }

    private static void forgetBefore(Instant tooOld, SequencedMap<StreamKey, Log> oldestFirst) {
        while (!oldestFirst.isEmpty()
                && oldestFirst.firstEntry().getValue().touched.isBefore(tooOld)) {
            oldestFirst.pollFirstEntry();
        }
    }
}
