package gatehouse.session.upstream;

import gatehouse.session.mcp.Message;
import java.util.List;

/// One event of an upstream's stream.
///
/// @param id where a broken stream may be resumed, empty if the event names none
/// @param retryMillis how long to wait before resuming, -1 if the event does not say
/// @param message at most one; none primes a stream for resuming
/// @param endpoint where an upstream of HTTP+SSE takes messages; empty in every other event
public record Event(String id, long retryMillis, List<Message> message, String endpoint) {
    private static final int COST = 1024; // of one that says next to nothing, measured

    public Event {
        message = List.copyOf(message);
    }

    public Event(String id, long retryMillis, List<Message> message) {
        this(id, retryMillis, message, "");
    }

    /// The heap it takes.
    int size() {
        return COST + (message.isEmpty() ? 0 : message.getFirst().bytes().size());
    }
}
