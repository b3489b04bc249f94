package gatehouse.session.crossing.legacy;

import gatehouse.policy.rate.Crowd;
import gatehouse.policy.verdict.Denial.Scope;
import gatehouse.policy.verdict.Permits;
import gatehouse.session.mcp.Id;
import gatehouse.session.mcp.Message;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// Where calls of this node wait for what their clients answer: the answer arrives on its own, in another exchange, and
/// finds the call by an id that nobody can guess.
final class WaitingRoom {

    private static final String NODE = "";

    /// A place to wait in, and the answer once it is there.
    record Seat(Id.Text id, CompletableFuture<Message> answer, Permits permits) {}

    private final Crowd crowd = new Crowd();
    private final int seats;
    private final int ofAgent;
    private final ConcurrentMap<Id, Seat> taken = new ConcurrentHashMap<>();

    /// @param ofAgent seats that one principal may have
    WaitingRoom(int seats, int ofAgent) {
        this.seats = seats;
        this.ofAgent = ofAgent;
    }

    /// As many seats, or none at all.
    Optional<List<Seat>> take(String principal, int count) {
        var shares = List.of(
                new Crowd.Share(Scope.PARKED_OF_AGENT, principal, ofAgent),
                new Crowd.Share(Scope.PARKED_OF_NODE, NODE, seats));
        var permits = new ArrayList<Permits>(count);
        while (permits.size() < count) {
            if (crowd.take(shares, permits).isPresent()) {
                permits.forEach(Permits::giveBack);
                return Optional.empty();
            }
        }
        return Optional.of(permits.stream().map(this::seat).toList());
    }

    private Seat seat(Permits permits) {
        var seat = new Seat(Fresh.id(), new CompletableFuture<>(), permits);
        taken.put(seat.id(), seat);
        return seat;
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
                seat.permits().giveBack();
            }
        }
    }

    /// How many wait now.
    int waiting() {
        return crowd.count(Scope.PARKED_OF_NODE, NODE);
    }
}
