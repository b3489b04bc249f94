package gatehouse.persistence.lease;

import gatehouse.persistence.database.Database;
import org.apache.pekko.actor.setup.Setup;

/// Carries our database into the actor system, for the leases that Pekko makes by their class name.
public final class LeaseStore extends Setup {

    private final Database database;

    public LeaseStore(Database database) {
        this.database = database;
    }

    LeaseTable table() {
        return new LeaseTable(database);
    }
}
