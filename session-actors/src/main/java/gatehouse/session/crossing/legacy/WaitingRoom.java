package gatehouse.session.crossing.legacy;

import gatehouse.session.mcp.Id;
import gatehouse.session.mcp.Message;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;

/// Where calls of this node wait for what their clients answer: the answer arrives on its own, in another exchange, and
/// finds the call by an id that nobody can guess.
final class WaitingRoom {

    /// A place to wait in, and the answer once it is there.
    record Seat(Id.Text id, CompletableFuture<Message> answer) {}

    private final int seats;
    private final Semaphore free;
    private final ConcurrentMap<Id, Seat> taken = new ConcurrentHashMap<>();

    WaitingRoom(int seats) {
        this.seats = seats;
        this.free = new Semaphore(seats);
    }

    /// As many seats, or none at all.
    Optional<List<Seat>> take(int count) {
        if (!free.tryAcquire(count)) {
            return Optional.empty();
        }
        var fresh = new ArrayList<Seat>(count);
        for (var i = 0; i < count; i++) {
            var seat = new Seat(Fresh.id(), new CompletableFuture<>());
            taken.put(seat.id(), seat);
            fresh.add(seat);
        }
        return Optional.of(List.copyOf(fresh));
    }

    /// An answer nobody waits for (any more) is dropped.
    void answer(Message message) {
        message.id().flatMap(id -> Optional.ofNullable(taken.get(id))).ifPresent(seat -> {
            leave(List.of(seat));
            seat.answer().complete(message);
        });
    }

    void leave(Collection<Seat> seats) {
        for (var seat : seats) {
            if (taken.remove(seat.id(), seat)) {
                free.release();
            }
        }
    }

    /// How many wait now.
    int waiting() {
        return seats - free.availablePermits();
    }
}
