package gatehouse.persistence.schema;

import gatehouse.persistence.database.Database;
import gatehouse.persistence.database.Engine;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings the tables of a database to what this build expects, once, whoever starts first.
///
/// A start on a finished schema costs one query. PostgreSQL migrates in one transaction under an advisory lock. H2
/// commits every DDL statement by itself, so its files say `if not exists` and may be repeated; one process holds its
/// file, and a lock inside the process does the rest.
public final class Migrator {

    private static final Logger LOG = LoggerFactory.getLogger(Migrator.class);
    private static final long ADVISORY_LOCK = 0x6761_7465_686f_7573L; // "gatehous"
    private static final Object IN_PROCESS = new Object();
    private static final String LEDGER =
            "create table if not exists schema_version (version integer primary key, name varchar(255) not null, "
                    + "checksum bigint not null)";

    private final Database database;
    private final List<Migration> known;

    public Migrator(Database database) {
        this(database, Migration.all(database.engine()));
    }

    Migrator(Database database, List<Migration> known) {
        this.database = database;
        this.known = known;
    }

    public void migrate() throws SQLException {
        if (!complete()) {
            synchronized (IN_PROCESS) {
                database.transaction(this::catchUp);
            }
        }
    }

    private boolean complete() throws SQLException {
        try {
            return database.run(connection -> missing(applied(connection)).isEmpty());
        } catch (SQLException absent) {
            if (isMissingTable(absent)) {
                return false;
            }
            throw absent;
        }
    }

    private boolean catchUp(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            if (database.engine() == Engine.POSTGRESQL) {
                statement.execute("select pg_advisory_xact_lock(" + ADVISORY_LOCK + ")");
            }
            statement.execute(LEDGER);
            for (var migration : missing(applied(connection))) {
                for (var sql : migration.statements()) {
                    statement.execute(sql);
                }
                record(connection, migration);
                LOG.atInfo().addKeyValue("version", migration.name()).log("schema migrated");
            }
        }
        return true;
    }

    /// What is still to do, once it is sure that what was done is what we know.
    private List<Migration> missing(Map<Integer, Long> applied) {
        var newest = known.getLast().version();
        applied.forEach((version, checksum) -> {
            if (version > newest) {
                throw new UnusableStore("The store has schema " + version + ", this build knows up to " + newest
                        + ". Start the build that wrote it, or a newer one; there is no way back but a backup.");
            }
        });
        for (var migration : known) {
            var checksum = applied.get(migration.version());
            if (checksum != null && checksum != migration.checksum()) {
                throw new UnusableStore("The store was made with another " + migration.name()
                        + " than this build has. Start the build that made it, or restore the released file.");
            }
        }
        return known.stream()
                .filter(migration -> !applied.containsKey(migration.version()))
                .toList();
    }

    private static Map<Integer, Long> applied(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("select version, checksum from schema_version")) {
            var applied = new HashMap<Integer, Long>();
            while (rows.next()) {
                applied.put(rows.getInt(1), rows.getLong(2));
            }
            return applied;
        }
    }

    private static void record(Connection connection, Migration migration) throws SQLException {
        try (var insert = connection.prepareStatement("insert into schema_version values (?, ?, ?)")) {
            insert.setInt(1, migration.version());
            insert.setString(2, migration.name());
            insert.setLong(3, migration.checksum());
            insert.executeUpdate();
        }
    }

    private static boolean isMissingTable(SQLException failure) {
        var state = String.valueOf(failure.getSQLState());
        return state.startsWith("42S") || state.equals("42P01");
    }
}
