package gatehouse.session.upstream.sse;

import gatehouse.session.mcp.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The calls of one session that wait for their answer, in the order in which they were sent.
///
/// HTTP+SSE says of few messages to which call they belong. What may only be said during a call, such as a question, is
/// taken as part of the latest.
final class InFlight {

    private final int most;
    private final List<SseCall> calls = new ArrayList<>();
    private boolean closed;

    InFlight(int most) {
        this.most = most;
    }

    /// What became of a call that asked for a place.
    enum Room {
        TAKEN,
        FULL,
        CLOSED
    }

    synchronized Room add(SseCall call) {
        if (closed) {
            return Room.CLOSED;
        }
        if (calls.size() == most || calls.stream().anyMatch(other -> other.id().equals(call.id()))) {
            return Room.FULL;
        }
        calls.add(call);
        return Room.TAKEN;
    }

    synchronized void remove(SseCall call) {
        calls.remove(call);
    }

    /// Takes no more calls, and says which there were.
    synchronized List<SseCall> close() {
        closed = true;
        return List.copyOf(calls);
    }

    synchronized boolean isEmpty() {
        return calls.isEmpty();
    }

    /// The call that a message belongs to, if any does.
    synchronized Optional<SseCall> whose(Message message) {
        return switch (message.kind()) {
            case RESULT -> answered(message);
            case ERROR -> message.id().isPresent() ? answered(message) : only();
            case REQUEST -> latest();
            case NOTIFICATION ->
                switch (message.method()) {
                    case "notifications/progress" ->
                        calls.stream()
                                .filter(call -> call.progressesBy(message))
                                .findFirst();
                    case "notifications/message", "notifications/cancelled" -> latest();
                    default -> Optional.empty();
                };
        };
    }

    private Optional<SseCall> answered(Message message) {
        return calls.stream().filter(call -> call.answeredBy(message)).findFirst();
    }

    /// An error without an id answers a request that the upstream could not read: whose it is shows only if
    /// there is one.
    private Optional<SseCall> only() {
        return calls.size() == 1 ? latest() : Optional.empty();
    }

    private Optional<SseCall> latest() {
        return calls.isEmpty() ? Optional.empty() : Optional.of(calls.getLast());
    }
}
