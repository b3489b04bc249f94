package gatehouse.persistence;

import com.typesafe.config.Config;
import gatehouse.persistence.agreement.Agreement;
import gatehouse.persistence.database.Database;
import gatehouse.persistence.database.Queries;
import gatehouse.persistence.lease.LeaseStore;
import gatehouse.persistence.outbox.SqlOutbox;
import gatehouse.persistence.projection.SqlSessionDirectory;
import gatehouse.persistence.schema.Migrator;
import gatehouse.persistence.state.SharedPool;
import gatehouse.persistence.state.StoredSessions;
import gatehouse.session.lifecycle.Outbox;
import gatehouse.session.lifecycle.SessionDirectory;
import gatehouse.session.lifecycle.SessionRows;
import gatehouse.session.lifecycle.StoreOutOfReach;
import java.sql.SQLException;
import java.time.InstantSource;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.typed.ActorSystem;

/// Everything the gateway remembers, in one database behind one pool.
///
/// Opened before the actor system, which is started with [#setup], and closed after it.
public final class Storage implements AutoCloseable {

    private final StorageSettings settings;
    private final Database database;
    private final Queries queries;
    private final SqlOutbox outbox;

    private Storage(StorageSettings settings, Database database, InstantSource clock) {
        this.settings = settings;
        this.database = database;
        var connections = settings.database().connections();
        this.queries = new Queries(database, connections.queries(), settings.queries());
        this.outbox = SqlOutbox.start(database, queries, connections.outbox(), settings.outbox(), clock);
    }

    /// Connects and brings the schema up to date; blocks for as long as that takes.
    public static Storage open(StorageSettings settings) {
        return open(settings, InstantSource.system());
    }

    static Storage open(StorageSettings settings, InstantSource clock) {
        var database = Database.open(settings.database());
        try {
            new Migrator(database).migrate();
            return new Storage(settings, database, clock);
        } catch (SQLException failure) {
            database.close();
            throw new StoreOutOfReach(failure);
        } catch (RuntimeException unusable) {
            database.close();
            throw unusable;
        }
    }

    public Outbox outbox() {
        return outbox;
    }

    public SessionDirectory directory() {
        return new SqlSessionDirectory(queries);
    }

    /// Of the sessions of a system that was started with [#setup].
    public static SessionRows rows(ActorSystem<?> system) {
        return new StoredSessions(system);
    }

    /// What all nodes of this store hold to: this word, unless one of them said another before. Blocks.
    public String agreed(String name, String word) {
        try {
            return new Agreement(database).on(name, word);
        } catch (SQLException failure) {
            throw new StoreOutOfReach(failure);
        }
    }

    /// What an actor system must be started with for its durable state and its journal to live here.
    public ActorSystemSetup setup(Config config) {
        return ActorSystemSetup.create(
                BootstrapSetup.create(config),
                new SharedPool(database, settings.database().connections().states()),
                new LeaseStore(database));
    }

    @Override
    public void close() {
        outbox.close();
        queries.close();
        database.close();
    }
}
