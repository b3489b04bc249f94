package gatehouse.session.lifecycle;

import org.apache.pekko.util.ByteString;

/// One line in the log of a stream. Numbers start at 0 and have no gaps.
///
/// @param data OPENED: the JSON of the request id it answers, empty for a session's own stream; MESSAGE: the JSON-RPC
///             message on one line; CLOSED: empty; SIGNED: what
///             nobody else signs with
/// @param source how far the upstream's own stream was read when this and all before it were written, as a [Position]
///               says it; empty where that is not known
public record Entry(long number, Kind kind, ByteString data, String source) {

    /// What a line says: the stream began, a message was sent, nothing more will come, another writer goes on from
    /// here.
    public enum Kind {
        OPENED,
        MESSAGE,
        CLOSED,
        SIGNED
    }

    public Entry(long number, Kind kind, ByteString data) {
        this(number, kind, data, "");
    }

    Entry from(String position) {
        return new Entry(number, kind, data, position);
    }
}
