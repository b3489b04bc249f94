package gatehouse.persistence.lease;

import gatehouse.persistence.database.Database;
import java.sql.SQLException;
import java.time.Duration;

/// Who holds which lease, by the clock of the database: those of the nodes may differ.
final class LeaseTable {

    private static final String NOW = "(extract(epoch from clock_timestamp()) * 1000)::bigint";
    private static final String TAKE =
            "insert into lease (name, owner, until) values (?, ?, " + NOW + " + ?) on conflict (name) do update"
                    + " set owner = excluded.owner, until = excluded.until"
                    + " where lease.owner = excluded.owner or lease.until < " + NOW;
    private static final String GIVE = "delete from lease where name = ? and owner = ?";

    private final Database database;

    LeaseTable(Database database) {
        this.database = database;
    }

    /// Takes it, or takes it for longer. False if another has it.
    boolean take(String name, String owner, Duration time) throws SQLException {
        return database.run(connection -> {
            try (var take = connection.prepareStatement(TAKE)) {
                take.setString(1, name);
                take.setString(2, owner);
                take.setLong(3, time.toMillis());
                return take.executeUpdate() == 1;
            }
        });
    }

    /// Does nothing if another has it.
    void give(String name, String owner) throws SQLException {
        database.run(connection -> {
            try (var give = connection.prepareStatement(GIVE)) {
                give.setString(1, name);
                give.setString(2, owner);
                return give.executeUpdate();
            }
        });
    }
}
