package gatehouse.session.call;

import gatehouse.session.mcp.Id;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Refusal;
import java.util.List;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/// What goes back for an inbound message.
public sealed interface Answer {

    /// One message; `session` is the id of the session it opened, empty if it opened none.
    record Single(int status, Message message, String session) implements Answer {}

    /// A stream of messages.
    record Streamed(Source<Sent, NotUsed> messages) implements Answer {}

    /// Taken; there is nothing to say.
    record Accepted() implements Answer {}

    /// The session has ended.
    record Ended() implements Answer {}

    /// No, and why; `ids` holds the id of the request that is refused, if it has one.
    record Refused(List<Id> ids, Refusal refusal) implements Answer {
        public Refused {
            ids = List.copyOf(ids);
        }
    }

    /// One message on a stream.
    ///
    /// @param id by which the stream is resumed after it; empty where streams are not resumed
    /// @param message on one line; empty for the event that only tells the id
    record Sent(String id, ByteString message) {}
}
