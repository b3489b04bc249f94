package gatehouse.session.upstream;

import gatehouse.session.mcp.Message;
import java.util.List;

/// One event of an upstream's stream.
///
/// @param id where a broken stream may be resumed, empty if the event names none
/// @param retryMillis how long to wait before resuming, -1 if the event does not say
/// @param message at most one; none primes a stream for resuming
public record Event(String id, long retryMillis, List<Message> message) {
    public Event {
        message = List.copyOf(message);
    }
}
