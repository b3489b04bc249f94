package gatehouse.session.lifecycle;

import org.apache.pekko.util.ByteString;

/// One line in the log of a stream. Numbers start at 0 and have no gaps.
///
/// @param data OPENED: the JSON of the request id it answers, empty for a session's own stream; MESSAGE: the JSON-RPC
///             message on one line; CLOSED: empty
public record Entry(long number, Kind kind, ByteString data) {

    /// What a line says: the stream began, a message was sent, nothing more will come.
    public enum Kind {
        OPENED,
        MESSAGE,
        CLOSED
    }
}
