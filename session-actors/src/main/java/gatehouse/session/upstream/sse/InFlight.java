package gatehouse.session.upstream.sse;

import gatehouse.session.mcp.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// The calls of one session that wait for their answer, in the order in which they were sent.
///
/// HTTP+SSE says of few messages to which call they belong. What may only be said during a call, such as a question, is
/// taken as part of the only one there is; among several nobody can tell, and they may be those of several clients.
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

    /// Which call a message belongs to.
    sealed interface Whose {
        record Of(SseCall call) implements Whose {}

        record Nobodys() implements Whose {}

        /// It belongs to one of several.
        record Unclear() implements Whose {}
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

    /// An error without an id answers a request that the upstream could not read.
    synchronized Whose whose(Message message) {
        return switch (message.kind()) {
            case RESULT -> first(call -> call.answeredBy(message));
            case ERROR -> message.id().isPresent() ? first(call -> call.answeredBy(message)) : only();
            case REQUEST -> only();
            case NOTIFICATION ->
                switch (message.method()) {
                    case "notifications/progress" -> first(call -> call.progressesBy(message));
                    case "notifications/message", "notifications/cancelled" -> only();
                    default -> new Whose.Nobodys();
                };
        };
    }

    private Whose first(Predicate<SseCall> fits) {
        return calls.stream().filter(fits).findFirst().<Whose>map(Whose.Of::new).orElseGet(Whose.Nobodys::new);
    }

    private Whose only() {
        return switch (calls.size()) {
            case 0 -> new Whose.Nobodys();
            case 1 -> new Whose.Of(calls.getFirst());
            default -> new Whose.Unclear();
        };
    }
}
