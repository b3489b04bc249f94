package gatehouse.session.fake;

import gatehouse.session.lifecycle.Entry;
import gatehouse.session.lifecycle.Outbox;
import gatehouse.session.lifecycle.SessionKey;
import gatehouse.session.lifecycle.StreamKey;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.Done;

/// An outbox whose appends can be held back, as a slow store does; they keep their order.
public final class HeldOutbox implements Outbox {

    private final Outbox outbox;
    private final LinkedBlockingQueue<List<Entry>> arrived = new LinkedBlockingQueue<>();
    private final AtomicInteger reads = new AtomicInteger();
    private CompletableFuture<Done> gate = CompletableFuture.completedFuture(Done.getInstance());
    private CompletableFuture<Done> before = gate;

    public HeldOutbox(Outbox outbox) {
        this.outbox = outbox;
    }

    /// From now on, appends wait.
    public synchronized void hold() {
        gate = new CompletableFuture<>();
    }

    public synchronized void release() {
        gate.complete(Done.getInstance());
    }

    /// Waits for the next append to arrive, whether it is held or not.
    public List<Entry> next() throws InterruptedException, TimeoutException {
        var entries = arrived.poll(5, TimeUnit.SECONDS);
        if (entries == null) {
            throw new TimeoutException("nothing was appended within 5 s");
        }
        return entries;
    }

    @Override
    public synchronized CompletionStage<Done> append(StreamKey stream, List<Entry> entries) {
        arrived.add(entries);
        var open = gate;
        before = before.handle((done, failure) -> Done.getInstance())
                .thenCompose(done -> open)
                .thenCompose(done -> outbox.append(stream, entries));
        return before.copy();
    }

    /// How often it was read so far.
    public int reads() {
        return reads.get();
    }

    @Override
    public CompletionStage<List<Entry>> read(StreamKey stream, long after, int limit) {
        reads.incrementAndGet();
        return outbox.read(stream, after, limit);
    }

    @Override
    public CompletionStage<Extent> extent(StreamKey stream) {
        return outbox.extent(stream);
    }

    @Override
    public CompletionStage<Done> trim(StreamKey stream, long upTo) {
        return outbox.trim(stream, upTo);
    }

    @Override
    public CompletionStage<Done> drop(SessionKey session) {
        return outbox.drop(session);
    }
}
