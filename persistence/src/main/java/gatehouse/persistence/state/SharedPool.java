package gatehouse.persistence.state;

import gatehouse.persistence.database.Database;
import gatehouse.persistence.database.Engine;
import org.apache.pekko.actor.setup.Setup;
import org.apache.pekko.persistence.jdbc.db.SlickDatabase;
import scala.Option;
import slick.jdbc.H2Profile$;
import slick.jdbc.JdbcBackend$;
import slick.jdbc.JdbcBackend.JdbcDatabaseDef;
import slick.jdbc.JdbcProfile;
import slick.jdbc.PostgresProfile$;
import slick.util.AsyncExecutor;

/// Carries our pool into the actor system, for the library that stores states and events.
public final class SharedPool extends Setup {

    private static final int QUEUE = 1000; // writes that wait for a connection; more fail at once

    private final Database database;
    private final int connections;

    public SharedPool(Database database, int connections) {
        this.database = database;
        this.connections = connections;
    }

    SlickDatabase slick() {
        var executor = AsyncExecutor.apply("storage-state", connections, connections, QUEUE, connections);
        var slick = JdbcBackend$.MODULE$
                .Database()
                .forDataSource(database.pool(), Option.apply(connections), executor, false);
        return new Shared(slick, profile(database.engine()));
    }

    private static JdbcProfile profile(Engine engine) {
        return switch (engine) {
            case H2 -> H2Profile$.MODULE$;
            case POSTGRESQL -> PostgresProfile$.MODULE$;
        };
    }

    private record Shared(JdbcDatabaseDef database, JdbcProfile profile) implements SlickDatabase {
        @Override
        public boolean allowShutdown() {
            return false;
        }
    }
}
