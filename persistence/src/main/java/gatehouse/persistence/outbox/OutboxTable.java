package gatehouse.persistence.outbox;

import gatehouse.persistence.outbox.OutboxSettings.Size;
import gatehouse.session.lifecycle.Entry;
import gatehouse.session.lifecycle.Outbox.Extent;
import gatehouse.session.lifecycle.SessionKey;
import gatehouse.session.lifecycle.StreamKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.pekko.Done;
import org.apache.pekko.util.ByteString;

/// The SQL on table `outbox`. Number 0 of a stream is its opening, which outlives what follows it.
final class OutboxTable {

    private OutboxTable() {}

    static Done insert(Connection connection, List<Append> appends, Expiry expiry) throws SQLException {
        try (var insert = connection.prepareStatement(
                "insert into outbox (session, stream, number, kind, data, expires, source) values (?, ?, ?, ?, ?, ?, ?)")) {
            for (var append : appends) {
                for (var entry : append.entries()) {
                    name(insert, append.stream());
                    insert.setLong(3, entry.number());
                    insert.setInt(4, code(entry.kind()));
                    insert.setBytes(5, entry.data().toArray());
                    insert.setLong(6, expiry.of(entry.kind()).toEpochMilli());
                    insert.setString(7, entry.source().isEmpty() ? null : entry.source());
                    insert.addBatch();
                }
            }
            insert.executeBatch();
        }
        return Done.getInstance();
    }

    /// The opening of a stream that is closed goes with the rest.
    static Done close(Connection connection, List<StreamKey> streams, Expiry expiry) throws SQLException {
        try (var update = connection.prepareStatement(
                "update outbox set expires = ? where session = ? and stream = ? and number = 0")) {
            for (var stream : streams) {
                update.setLong(1, expiry.of(Entry.Kind.CLOSED).toEpochMilli());
                update.setString(2, stream.session().value());
                update.setString(3, stream.name());
                update.addBatch();
            }
            update.executeBatch();
        }
        return Done.getInstance();
    }

    /// At most so many entries, and no more once so many bytes are reached.
    static List<Entry> read(Connection connection, StreamKey stream, long after, Size most) throws SQLException {
        try (var select =
                connection.prepareStatement("select number, kind, data, source from (select number, kind, data, source,"
                        + " sum(octet_length(data)) over (order by number) - octet_length(data) as bytes_before from outbox"
                        + " where session = ? and stream = ? and number > ? order by number limit ?) as page"
                        + " where bytes_before < ? order by number")) {
            name(select, stream);
            select.setLong(3, after);
            select.setInt(4, most.entries());
            select.setLong(5, most.bytes());
            var entries = new ArrayList<Entry>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    var data = ByteString.fromArrayUnsafe(rows.getBytes(3));
                    entries.add(new Entry(rows.getLong(1), kind(rows.getInt(2)), data, source(rows)));
                }
            }
            return entries;
        }
    }

    /// Reads three rows at most: the opening, the first entry still held behind it, and the last.
    static Extent extent(Connection connection, StreamKey stream) throws SQLException {
        try (var select = connection.prepareStatement("select number, kind, case when number = 0 then data end, source"
                + " from outbox where session = ? and stream = ? and (number = 0"
                + " or number = (select min(number) from outbox where session = ? and stream = ? and number > 0)"
                + " or number = (select max(number) from outbox where session = ? and stream = ?)) order by number")) {
            for (var i = 1; i <= 5; i += 2) {
                select.setString(i, stream.session().value());
                select.setString(i + 1, stream.name());
            }
            var extent = Extent.NONE;
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    var number = rows.getLong(1);
                    var gapBehindOpening = extent.last() == 0 && number > 1;
                    var first = !extent.exists() || gapBehindOpening ? number : extent.first();
                    var request = number == 0 ? ByteString.fromArrayUnsafe(rows.getBytes(3)) : extent.request();
                    extent =
                            new Extent(first, number, kind(rows.getInt(2)) == Entry.Kind.CLOSED, request, source(rows));
                }
            }
            return extent;
        }
    }

    /// The bytes that went. Two that trim the same at once see the same entries, and are each told of their part,
    /// about.
    static long trim(Connection connection, StreamKey stream, long upTo) throws SQLException {
        var found = sizeUpTo(connection, stream, upTo);
        try (var delete = connection.prepareStatement(
                "delete from outbox where session = ? and stream = ? and number between 1 and ?")) {
            name(delete, stream);
            delete.setLong(3, upTo);
            var gone = Math.min(delete.executeUpdate(), found.entries());
            return gone == 0 ? 0 : found.bytes() * gone / found.entries();
        }
    }

    private static Size sizeUpTo(Connection connection, StreamKey stream, long upTo) throws SQLException {
        try (var select =
                connection.prepareStatement("select count(*), coalesce(sum(octet_length(data)), 0) from outbox"
                        + " where session = ? and stream = ? and number between 1 and ?")) {
            name(select, stream);
            select.setLong(3, upTo);
            try (var rows = select.executeQuery()) {
                rows.next();
                var entries = rows.getInt(1);
                return new Size(entries, (long) entries * Append.OVERHEAD + rows.getLong(2));
            }
        }
    }

    static Done drop(Connection connection, SessionKey session) throws SQLException {
        try (var delete = connection.prepareStatement("delete from outbox where session = ?")) {
            delete.setString(1, session.value());
            delete.executeUpdate();
        }
        return Done.getInstance();
    }

    /// The newest number that has to go for the stream to fit its bound; 0 if it fits. The last entry always stays.
    static long excess(Connection connection, StreamKey stream, Size bound) throws SQLException {
        try (var select = connection.prepareStatement("select number, octet_length(data) from outbox"
                + " where session = ? and stream = ? and number > 0 order by number desc")) {
            name(select, stream);
            try (var rows = select.executeQuery()) {
                var entries = 0;
                var bytes = 0L;
                while (rows.next()) {
                    bytes += rows.getLong(2);
                    if (++entries > bound.entries() || (entries > 1 && bytes > bound.bytes())) {
                        return rows.getLong(1);
                    }
                }
                return 0;
            }
        }
    }

    /// Deletes a slice of what has expired, and says how much that was. The newest entry of an open stream stays
    /// until its opening goes, so that a writer that takes over can never use a number twice.
    static int purge(Connection connection, String sql, Instant now, Expiry expiry, int slice) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(sql)) {
            delete.setLong(1, now.toEpochMilli());
            delete.setLong(2, now.minus(expiry.grace()).toEpochMilli());
            delete.setInt(3, slice);
            return delete.executeUpdate();
        }
    }

    private static void name(PreparedStatement statement, StreamKey stream) throws SQLException {
        statement.setString(1, stream.session().value());
        statement.setString(2, stream.name());
    }

    /// The fourth column of what is read.
    private static String source(ResultSet rows) throws SQLException {
        return Objects.requireNonNullElse(rows.getString(4), "");
    }

    private static int code(Entry.Kind kind) {
        return switch (kind) {
            case OPENED -> 0;
            case MESSAGE -> 1;
            case CLOSED -> 2;
            case SIGNED -> 3;
        };
    }

    private static Entry.Kind kind(int code) {
        return switch (code) {
            case 0 -> Entry.Kind.OPENED;
            case 1 -> Entry.Kind.MESSAGE;
            case 2 -> Entry.Kind.CLOSED;
            case 3 -> Entry.Kind.SIGNED;
            default -> throw new IllegalStateException("kind " + code + " of an entry, expected 0 to 3");
        };
    }
}
