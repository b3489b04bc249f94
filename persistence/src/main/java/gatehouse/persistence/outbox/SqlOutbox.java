package gatehouse.persistence.outbox;

import gatehouse.persistence.database.Database;
import gatehouse.persistence.database.Queries;
import gatehouse.persistence.outbox.OutboxSettings.Size;
import gatehouse.session.lifecycle.Entry;
import gatehouse.session.lifecycle.Outbox;
import gatehouse.session.lifecycle.SessionKey;
import gatehouse.session.lifecycle.StoreBusy;
import gatehouse.session.lifecycle.StoreShareFull;
import gatehouse.session.lifecycle.StreamKey;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.apache.pekko.Done;

/// The logs of outgoing streams in one table, written in batches by a few writers.
///
/// A stream always goes to the same writer, so that its appends keep their order.
public final class SqlOutbox implements Outbox, AutoCloseable {

    private final Queries queries;
    private final List<Backlog> backlogs;
    private final List<Thread> writers;
    private final Purge purge;
    private final Holdings holdings;

    private SqlOutbox(Queries queries, List<Backlog> backlogs, List<Thread> writers, Purge purge, Holdings holdings) {
        this.queries = queries;
        this.backlogs = backlogs;
        this.writers = writers;
        this.purge = purge;
        this.holdings = holdings;
    }

    public static SqlOutbox start(
            Database database, Queries queries, int parallelism, OutboxSettings settings, InstantSource clock) {
        var share = new Size(
                Math.max(1, settings.queue().entries() / parallelism),
                settings.queue().bytes() / parallelism);
        var backlogs = IntStream.range(0, parallelism)
                .mapToObj(i -> new Backlog(share))
                .toList();
        var holdings = new Holdings(settings.ofAgent(), settings.keep().closed(), clock);
        var threads = Thread.ofPlatform().daemon().name("storage-outbox-", 0);
        var writers = backlogs.stream()
                .map(backlog -> threads.start(new Writer(database, settings, clock, backlog, holdings)))
                .toList();
        var purge = new Purge(database, settings.keep(), clock);
        purge.start();
        return new SqlOutbox(queries, backlogs, writers, purge, holdings);
    }

    @Override
    public CompletionStage<Done> append(StreamKey stream, List<Entry> entries) {
        if (entries.isEmpty()) {
            return CompletableFuture.completedStage(Done.getInstance());
        }
        var append = Append.of(stream, entries);
        if (!holdings.take(append)) {
            return CompletableFuture.failedStage(new StoreShareFull(holdings.most()));
        }
        var _ = append.done().whenComplete((done, failure) -> {
            if (failure != null) {
                holdings.give(stream.session(), append.bytes());
            }
        });
        if (!backlogs.get(Math.floorMod(stream.hashCode(), backlogs.size())).offer(append)) {
            append.fail(new StoreBusy("appends to streams"));
        }
        return append.done();
    }

    @Override
    public CompletionStage<List<Entry>> read(StreamKey stream, long after, int limit) {
        var page = new Size(limit, PAGE_BYTES);
        return queries.run(connection -> OutboxTable.read(connection, stream, after, page));
    }

    @Override
    public CompletionStage<Extent> extent(StreamKey stream) {
        return queries.run(connection -> OutboxTable.extent(connection, stream));
    }

    @Override
    public CompletionStage<Done> trim(StreamKey stream, long upTo) {
        return queries.run(connection -> OutboxTable.trim(connection, stream, upTo))
                .thenApply(bytes -> {
                    holdings.give(stream.session(), bytes);
                    return Done.getInstance();
                });
    }

    @Override
    public CompletionStage<Done> drop(SessionKey session) {
        return queries.run(connection -> OutboxTable.drop(connection, session)).thenApply(done -> {
            holdings.drop(session);
            return done;
        });
    }

    /// Takes nothing more, and lets what waits be written. Each batch ends within the database's timeouts.
    @Override
    public void close() {
        backlogs.forEach(Backlog::close);
        purge.close();
        for (var writer : writers) {
            try {
                writer.join();
            } catch (InterruptedException hurry) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
