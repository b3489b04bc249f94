package gatehouse.session.upstream;

import gatehouse.session.mcp.Message;
import java.util.List;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;

/// What came of one HTTP exchange with an upstream.
public sealed interface Reply {

    /// One message as JSON. What answers a request carries that request's id.
    ///
    /// @param session the upstream session that begins here, empty if none does
    record Single(Message message, String session) implements Reply {
        @Override
        public String toString() {
            return "Single[" + message + "]";
        }
    }

    /// An event stream. It can be read once; cancelling it closes the connection; unread, it is closed after a
    /// while.
    /// It completes after the answer to the request it belongs to, or when the upstream ends it, and fails with
    /// [Broken].
    record Streamed(Source<Event, NotUsed> events, String session) implements Reply {
        @Override
        public String toString() {
            return "Streamed";
        }
    }

    /// Taken, with nothing to say.
    record Accepted() implements Reply {}

    /// A status other than 2xx. Redirects are among them: they are not followed.
    ///
    /// @param body the JSON-RPC error in the body, at most one
    record Refused(int status, List<Message> body, String session) implements Reply {
        public Refused {
            body = List.copyOf(body);
        }

        @Override
        public String toString() {
            return "Refused[" + status + ", " + body + "]";
        }
    }

    record Failed(Fault fault) implements Reply {}
}
