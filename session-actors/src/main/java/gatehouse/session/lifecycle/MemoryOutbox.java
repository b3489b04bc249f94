package gatehouse.session.lifecycle;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;

/// An outbox for routes whose streams nobody resumes after a restart: bounded in streams, bytes and age.
///
/// A stream that has ended is kept for a while, for clients that come back, and is the first to go when there are too
/// many. One that goes on is never forgotten while its session may live, however quiet it is: its writer would count on
/// from a number that nobody knows any more. Where only such streams are left, a new one finds no room. Where they
/// have too many bytes, the one that was quiet for longest keeps its place, and nothing that stood before it.
public final class MemoryOutbox implements Outbox {

    /// How many streams there may be, how many bytes all of them together, how long one is kept after its end, and
    /// how
    /// long one that goes on.
    public record Bounds(int streams, long bytes, Duration ended, Duration open) {}

    private final Bounds bounds;
    private final Clock clock;
    private final LinkedHashMap<StreamKey, MemoryLog> open = new LinkedHashMap<>(); // longest quiet first
    private final LinkedHashMap<StreamKey, MemoryLog> bare = new LinkedHashMap<>(); // open with nothing left, likewise
    private final LinkedHashMap<StreamKey, MemoryLog> ended = new LinkedHashMap<>(); // longest ended first
    private long held;

    public MemoryOutbox(Bounds bounds, Clock clock) {
        this.bounds = bounds;
        this.clock = clock;
    }

    @Override
    public synchronized CompletionStage<Done> append(StreamKey stream, List<Entry> entries) {
        var known = find(stream);
        if (known.filter(log -> entries.getFirst().number() <= log.last()).isPresent()) {
            return CompletableFuture.failedFuture(new StaleWriter(stream));
        }
        forgetOld();
        if (known.isEmpty() && !makeRoom()) {
            return CompletableFuture.failedFuture(new StoreBusy("streams in memory"));
        }
        var log = known.orElseGet(() -> MemoryLog.of(entries.getFirst()));
        held += log.add(entries, clock.instant());
        open.remove(stream);
        bare.remove(stream);
        (log.closed() ? ended : open).put(stream, log);
        keepWithinBytes();
        return done();
    }

    @Override
    public synchronized CompletionStage<List<Entry>> read(StreamKey stream, long after, int limit) {
        return CompletableFuture.completedFuture(
                find(stream).map(log -> log.page(after, limit)).orElse(List.of()));
    }

    @Override
    public synchronized CompletionStage<Extent> extent(StreamKey stream) {
        return CompletableFuture.completedFuture(
                find(stream).map(MemoryLog::extent).orElse(Extent.NONE));
    }

    @Override
    public synchronized CompletionStage<Done> trim(StreamKey stream, long upTo) {
        find(stream).ifPresent(log -> held -= log.forget(upTo));
        return done();
    }

    @Override
    public synchronized CompletionStage<Done> drop(SessionKey session) {
        for (var streams : List.of(open, bare, ended)) {
            var all = streams.entrySet().iterator();
            while (all.hasNext()) {
                var next = all.next();
                if (next.getKey().session().equals(session)) {
                    all.remove();
                    held -= next.getValue().forgetAll();
                }
            }
        }
        return done();
    }

    private static CompletionStage<Done> done() {
        return CompletableFuture.completedFuture(Done.getInstance());
    }

    private Optional<MemoryLog> find(StreamKey stream) {
        return Optional.ofNullable(open.get(stream))
                .or(() -> Optional.ofNullable(bare.get(stream)))
                .or(() -> Optional.ofNullable(ended.get(stream)));
    }

    private boolean makeRoom() {
        return open.size() + bare.size() + ended.size() < bounds.streams() || forgetFirst(ended);
    }

    private void keepWithinBytes() {
        while (held > bounds.bytes() && forgetFirst(ended)) {}
        while (held > bounds.bytes() && !open.isEmpty()) {
            var quietest = open.pollFirstEntry();
            held -= quietest.getValue().forgetAll();
            bare.put(quietest.getKey(), quietest.getValue());
        }
    }

    private void forgetOld() {
        var now = clock.instant();
        forgetBefore(now.minus(bounds.ended()), ended);
        forgetBefore(now.minus(bounds.open()), open);
        forgetBefore(now.minus(bounds.open()), bare);
    }

    private void forgetBefore(Instant tooOld, SequencedMap<StreamKey, MemoryLog> oldestFirst) {
        while (!oldestFirst.isEmpty()
                && oldestFirst.firstEntry().getValue().touched().isBefore(tooOld)) {
            forgetFirst(oldestFirst);
        }
    }

    private boolean forgetFirst(SequencedMap<StreamKey, MemoryLog> streams) {
        var first = streams.pollFirstEntry();
        if (first != null) {
            held -= first.getValue().forgetAll();
        }
        return first != null;
    }
}
