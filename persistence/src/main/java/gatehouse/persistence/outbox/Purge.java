package gatehouse.persistence.outbox;

import gatehouse.persistence.database.Database;
import gatehouse.persistence.database.Engine;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Forgets what has expired, in slices short enough not to be in anybody's way. Every node does; they do not collide.
final class Purge implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Purge.class);
    private static final int SLICES = 50; // of one look; what is left waits for the next
    private static final String EXPIRED =
            "expires < ? and (kind not in (1, 3) or expires < ? or exists (select 1 from outbox n"
                    + " where n.session = o.session and n.stream = o.stream and n.number > o.number))";

    private final Database database;
    private final OutboxSettings.Keep keep;
    private final InstantSource clock;
    private final ScheduledExecutorService timer;

    Purge(Database database, OutboxSettings.Keep keep, InstantSource clock) {
        this.database = database;
        this.keep = keep;
        this.clock = clock;
        this.timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("storage-purge").factory());
    }

    void start() {
        var interval = keep.interval().toMillis();
        var _ = timer.scheduleWithFixedDelay(this::look, interval, interval, TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            var slices = 0;
            while (slices < SLICES && slice() == keep.slice()) {
                slices++;
            }
        } catch (SQLException | RuntimeException failure) {
            LOG.atWarn().addKeyValue("cause", failure.getMessage()).log("expired streams not purged, will try again");
        }
    }

    /// How many entries went.
    int slice() throws SQLException {
        var now = clock.instant();
        return database.run(connection ->
                OutboxTable.purge(connection, sql(database.engine()), now, new Expiry(now, keep), keep.slice()));
    }

    private static String sql(Engine engine) {
        return switch (engine) {
            case H2 -> "delete from outbox o where " + EXPIRED + " fetch first ? rows only";
            case POSTGRESQL ->
                "delete from outbox where ctid in (select o.ctid from outbox o where " + EXPIRED
                        + " limit ? for update skip locked)";
        };
    }

    @Override
    public void close() {
        timer.shutdown();
        timer.close();
    }
}
