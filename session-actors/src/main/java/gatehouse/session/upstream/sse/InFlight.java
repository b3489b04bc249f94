package gatehouse.session.upstream.sse;

import gatehouse.session.mcp.Id;
import gatehouse.session.mcp.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/// The calls of one session that wait for their answer, in the order in which they were sent.
///
/// HTTP+SSE says of few messages to which call they belong. What may only be said during a call, such as a question, is
/// taken as part of the only one there is; among several nobody can tell, and they may be those of several clients. A
/// call that was given up counts as one of them for a while: its upstream may not know yet, and still ask.
final class InFlight {

    private final int most;
    private final long lingering; // nanoseconds
    private final LongSupplier nanos;
    private final List<SseCall> calls = new ArrayList<>();
    private final SequencedMap<Id, Long> givenUp = new LinkedHashMap<>(); // and until when they count, the oldest first
    private boolean closed;

    /// @param lingering how long a call that was given up still counts, if it is not answered before
    /// @param nanos as of [System#nanoTime]
    InFlight(int most, Duration lingering, LongSupplier nanos) {
        this.most = most;
        this.lingering = lingering.toNanos();
        this.nanos = nanos;
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

    /// It waits no more: the upstream is done with it, or nobody wants to hear.
    synchronized void remove(SseCall call) {
        if (calls.remove(call) && !call.isSettled()) {
            givenUp.put(call.id(), nanos.getAsLong() + lingering);
            if (givenUp.size() > most) {
                givenUp.pollFirstEntry(); // the upstream had most of the time for it
            }
        }
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
            case RESULT -> answered(message);
            case ERROR -> message.id().isPresent() ? answered(message) : only();
            case REQUEST -> only();
            case NOTIFICATION ->
                switch (message.method()) {
                    case "notifications/progress" -> first(call -> call.progressesBy(message));
                    case "notifications/message", "notifications/cancelled" -> only();
                    default -> new Whose.Nobodys();
                };
        };
    }

    private Whose answered(Message message) {
        message.id().ifPresent(givenUp::remove);
        return first(call -> call.answeredBy(message));
    }

    private Whose first(Predicate<SseCall> fits) {
        return calls.stream().filter(fits).findFirst().<Whose>map(Whose.Of::new).orElseGet(Whose.Nobodys::new);
    }

    private Whose only() {
        if (calls.isEmpty()) {
            return new Whose.Nobodys();
        }
        var now = nanos.getAsLong();
        while (!givenUp.isEmpty() && givenUp.firstEntry().getValue() - now <= 0) {
            givenUp.pollFirstEntry();
        }
        return calls.size() == 1 && givenUp.isEmpty() ? new Whose.Of(calls.getFirst()) : new Whose.Unclear();
    }
}
