package gatehouse.persistence.outbox;

import gatehouse.persistence.database.Database;
import gatehouse.session.lifecycle.Outbox.StaleWriter;
import gatehouse.session.lifecycle.StoreOutOfReach;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One thread that writes what many streams append, as many as wait in one transaction.
///
/// An append that cannot be, because a number is taken, spoils the transaction for all. Then the batch is cut in two,
/// and again, until the guilty one is alone: only it fails. That is rare: numbers collide only when a stream changes
/// hands.
final class Writer implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);

    private final Database database;
    private final OutboxSettings settings;
    private final InstantSource clock;
    private final Backlog backlog;
    private final Growth growth;
    private final Holdings holdings;

    Writer(Database database, OutboxSettings settings, InstantSource clock, Backlog backlog, Holdings holdings) {
        this.database = database;
        this.settings = settings;
        this.clock = clock;
        this.backlog = backlog;
        this.holdings = holdings;
        this.growth = new Growth(settings.stream());
    }

    @Override
    public void run() {
        for (var batch = backlog.take(settings.batch()); !batch.isEmpty(); batch = backlog.take(settings.batch())) {
            write(batch);
        }
    }

    /// What waits behind a batch that found no store fails with it: nobody waits for more than one attempt.
    private void write(List<Append> batch) {
        try {
            for (var round = batch; !round.isEmpty(); ) {
                var later = new ArrayList<Append>();
                commit(oncePerStream(round, later));
                round = later;
            }
            cut(batch);
        } catch (SQLException failure) {
            fail(batch, new StoreOutOfReach(failure));
            fail(backlog.drain(), new StoreOutOfReach(failure));
        } catch (RuntimeException broken) { // the thread must outlive what we did not think of
            LOG.atError().setCause(broken).log("outbox writer failed");
            fail(batch, broken);
        }
    }

    /// Appends to one stream go into different transactions, so that the fate of one is that of the next.
    private static List<Append> oncePerStream(List<Append> batch, List<Append> later) {
        var seen = new HashSet<>();
        var now = new ArrayList<Append>();
        batch.forEach(append -> (seen.add(append.stream()) ? now : later).add(append));
        return now;
    }

    private void commit(List<Append> batch) throws SQLException {
        try {
            insert(batch);
            batch.forEach(Append::succeed);
        } catch (SQLException failure) {
            if (!blamesRows(failure)) {
                throw failure;
            }
            if (batch.size() == 1) {
                judge(batch.getFirst(), failure);
            } else {
                commit(batch.subList(0, batch.size() / 2));
                commit(batch.subList(batch.size() / 2, batch.size()));
            }
        }
    }

    /// SQL's classes for bad values, broken constraints and collisions; anything else is the store's own trouble.
    private static boolean blamesRows(SQLException failure) {
        var state = String.valueOf(failure.getSQLState());
        return state.startsWith("22") || state.startsWith("23") || state.startsWith("40");
    }

    private void insert(List<Append> batch) throws SQLException {
        var expiry = new Expiry(clock.instant(), settings.keep());
        var closed = batch.stream().filter(Append::closes).map(Append::stream).toList();
        database.transaction(connection -> {
            OutboxTable.insert(connection, batch, expiry);
            return closed.isEmpty() ? 0 : OutboxTable.close(connection, closed, expiry);
        });
    }

    /// A taken number is no offence if it is taken by the very same: then an earlier attempt got through unseen.
    private void judge(Append append, SQLException failure) throws SQLException {
        var before = append.entries().getFirst().number() - 1;
        var all = new OutboxSettings.Size(append.entries().size(), Long.MAX_VALUE);
        var held = database.run(connection -> OutboxTable.read(connection, append.stream(), before, all));
        if (held.equals(append.entries())) {
            append.succeed();
        } else {
            append.fail(held.isEmpty() ? new StoreOutOfReach(failure) : new StaleWriter(append.stream()));
        }
    }

    private void cut(List<Append> batch) throws SQLException {
        for (var append : batch) {
            if (growth.by(append)) {
                var bytes = database.run(connection -> {
                    var upTo = OutboxTable.excess(connection, append.stream(), settings.stream());
                    return upTo == 0 ? 0L : OutboxTable.trim(connection, append.stream(), upTo);
                });
                holdings.give(append.stream().session(), bytes);
            }
        }
    }

    private static void fail(List<Append> appends, Throwable cause) {
        appends.forEach(append -> append.fail(cause));
    }
}
