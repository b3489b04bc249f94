package gatehouse.node.journey;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.api.Trigger;

/// Counts what is written to the embedded store, in the store itself: every statement that inserts, updates or deletes
/// in
/// any of its tables, whoever sends it and whether it finds a row or not.
///
/// The database makes these and calls them, so the count belongs to the process.
public final class StoreWrites implements Trigger {

    private static final AtomicInteger COUNT = new AtomicInteger();

    /// Watches the store that a node in this process has open.
    static void watch(String url) {
        try (var connection = DriverManager.getConnection(url + ";DATABASE_TO_UPPER=FALSE");
                var statement = connection.createStatement()) {
            for (var table : tables(connection)) {
                statement.execute("create trigger \"watch_%1$s\" after insert, update, delete on \"%1$s\" call '%2$s'"
                        .formatted(table, StoreWrites.class.getName()));
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    static int count() {
        return COUNT.get();
    }

    @Override
    public void fire(Connection connection, Object[] before, Object[] after) {
        COUNT.incrementAndGet();
    }

    private static List<String> tables(Connection connection) throws SQLException {
        var tables = new ArrayList<String>();
        try (var select = connection.prepareStatement(
                        "select TABLE_NAME from INFORMATION_SCHEMA.TABLES where TABLE_SCHEMA = 'PUBLIC'");
                var rows = select.executeQuery()) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        return tables;
    }
}
