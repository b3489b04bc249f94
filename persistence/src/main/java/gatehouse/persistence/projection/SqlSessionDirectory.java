package gatehouse.persistence.projection;

import gatehouse.persistence.database.Queries;
import gatehouse.session.lifecycle.SessionDirectory;
import gatehouse.session.lifecycle.SessionKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;

/// Reads the table the sessions themselves write, so there is nothing to keep in step.
public final class SqlSessionDirectory implements SessionDirectory {

    private static final String PREFIX = "session|";
    private static final String SESSIONS = "persistence_id like '" + PREFIX + "%'";

    private final Queries queries;

    public SqlSessionDirectory(Queries queries) {
        this.queries = queries;
    }

    @Override
    public CompletionStage<Integer> count(String principal) {
        return queries.run(connection -> {
            try (var select =
                    connection.prepareStatement("select count(*) from durable_state where tag = ? and " + SESSIONS)) {
                select.setString(1, principal);
                try (var row = select.executeQuery()) {
                    return row.next() ? row.getInt(1) : 0;
                }
            }
        });
    }

    @Override
    public CompletionStage<Done> forget(SessionKey session) {
        return queries.run(connection -> {
            try (var delete = connection.prepareStatement("delete from durable_state where persistence_id = ?")) {
                delete.setString(1, PREFIX + session.value());
                delete.executeUpdate();
                return Done.getInstance();
            }
        });
    }

    @Override
    public CompletionStage<List<SessionKey>> expired(Instant before, int limit) {
        return queries.run(connection -> {
            try (var select = connection.prepareStatement("select persistence_id from durable_state"
                    + " where state_timestamp < ? and " + SESSIONS + " order by state_timestamp limit ?")) {
                select.setLong(1, before.toEpochMilli());
                select.setInt(2, limit);
                var keys = new ArrayList<SessionKey>();
                try (var rows = select.executeQuery()) {
                    while (rows.next()) {
                        keys.add(new SessionKey(rows.getString(1).substring(PREFIX.length())));
                    }
                }
                return keys;
            }
        });
    }
}
