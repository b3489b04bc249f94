package gatehouse.persistence.agreement;

import gatehouse.persistence.database.Database;
import java.sql.Connection;
import java.sql.SQLException;

/// Words all nodes of a store must agree on: who comes first says them, and the others compare.
public final class Agreement {

    private static final String SAY =
            "insert into agreement (name, word) select ?, ? where not exists (select 1 from agreement where name = ?)";
    private static final String HEAR = "select word from agreement where name = ?";
    private static final String UNIQUE_VIOLATION = "23505";

    private final Database database;

    public Agreement(Database database) {
        this.database = database;
    }

    /// What holds for all: this word, unless somebody said another one before.
    public String on(String name, String word) throws SQLException {
        return database.run(connection -> {
            say(connection, name, word);
            return heard(connection, name);
        });
    }

    /// Two nodes may say it at once: the database lets one of them.
    private static void say(Connection connection, String name, String word) throws SQLException {
        try (var say = connection.prepareStatement(SAY)) {
            say.setString(1, name);
            say.setString(2, word);
            say.setString(3, name);
            say.executeUpdate();
        } catch (SQLException refused) {
            if (!UNIQUE_VIOLATION.equals(refused.getSQLState())) {
                throw refused;
            }
        }
    }

    private static String heard(Connection connection, String name) throws SQLException {
        try (var hear = connection.prepareStatement(HEAR)) {
            hear.setString(1, name);
            try (var row = hear.executeQuery()) {
                if (!row.next()) {
                    throw new SQLException("what was agreed on " + name + " was removed meanwhile");
                }
                return row.getString(1);
            }
        }
    }
}
