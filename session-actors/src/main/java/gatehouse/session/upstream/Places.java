package gatehouse.session.upstream;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Who holds connections to one upstream, and who waits for one: fair between owners, whatever each of them asks for.
///
/// An owner takes of what is free as long as that is not little beside what it holds already. One alone gets nearly
/// all,
/// and whoever comes next still finds some room: without, the first with slow calls would keep everybody else out.
/// Those who wait go owner by owner. What the gateway does for itself has no owner and is not held back.
final class Places {

    private static final int CALLS_PER_FREE = 7;
    private static final int STREAMS_PER_FREE = 3;

    private record Holding(String owner, boolean stream) {}

    private final Shares shares;
    private final int most;
    private final Map<Holding, Integer> held = new HashMap<>(); // never more than there are shares
    private final Map<String, Deque<Turn>> waiting = new LinkedHashMap<>(); // whose turn it is stands first
    private int size;

    /// @param most turns that may wait
    Places(Shares shares, int most) {
        this.shares = shares;
        this.most = most;
    }

    /// Whether the turn has its share now.
    boolean take(Turn turn) {
        var taken = mayTake(turn.owner(), turn.share()) && shares.take(turn.share());
        if (taken) {
            count(turn, 1);
        }
        return taken;
    }

    void give(Turn turn) {
        shares.give(turn.share());
        count(turn, -1);
    }

    /// The answer of a call became a stream. False if there is no room for one more.
    boolean turnsStream(Turn turn) {
        if (turn.share() == Share.CALL) {
            count(turn, -1);
            turn.becomes(shares.turnedStream(mayTake(turn.owner(), Share.STREAM)));
            count(turn, 1);
        }
        return turn.share() != Share.CALL;
    }

    /// Lets a turn wait. Where all places are taken, who has most turns waiting gives up the last; that one comes
    /// back.
    Optional<Turn> await(Turn turn) {
        if (size == most) {
            var crowd = longest();
            if (crowd.size() <= own(turn).size() + 1) {
                return Optional.of(turn);
            }
            var last = crowd.getLast();
            leave(last);
            add(turn);
            return Optional.of(last);
        }
        add(turn);
        return Optional.empty();
    }

    /// False if it did not wait.
    boolean leave(Turn turn) {
        var own = own(turn);
        var left = own.remove(turn);
        if (left) {
            size--;
        }
        if (own.isEmpty()) {
            waiting.remove(turn.owner());
        }
        return left;
    }

    /// The next turn that may go, with its share taken.
    Optional<Turn> next() {
        for (var owner : new ArrayList<>(waiting.keySet())) {
            var own = skim(owner);
            if (!own.isEmpty() && take(own.getFirst())) {
                var turn = own.removeFirst();
                size--;
                waiting.remove(owner);
                if (!own.isEmpty()) {
                    waiting.put(owner, own); // last again
                }
                return Optional.of(turn);
            }
        }
        return Optional.empty();
    }

    List<Turn> waiting() {
        return waiting.values().stream().flatMap(Deque::stream).toList();
    }

    private void add(Turn turn) {
        waiting.computeIfAbsent(turn.owner(), owner -> new ArrayDeque<>(4)).addLast(turn);
        size++;
    }

    private Deque<Turn> own(Turn turn) {
        return waiting.getOrDefault(turn.owner(), new ArrayDeque<>(0));
    }

    /// What an owner has waiting, without those in front that nobody waits for any more.
    private Deque<Turn> skim(String owner) {
        var own = waiting.getOrDefault(owner, new ArrayDeque<>(0));
        while (!own.isEmpty() && own.getFirst().isOver()) {
            own.removeFirst();
            size--;
        }
        if (own.isEmpty()) {
            waiting.remove(owner);
        }
        return own;
    }

    private Deque<Turn> longest() {
        Deque<Turn> longest = new ArrayDeque<>(0);
        for (var own : waiting.values()) {
            longest = own.size() > longest.size() ? own : longest;
        }
        return longest;
    }

    private boolean mayTake(String owner, Share share) {
        var stream = share == Share.STREAM;
        var has = held.getOrDefault(new Holding(owner, stream), 0);
        var room = stream ? STREAMS_PER_FREE * shares.freeStreams() : CALLS_PER_FREE * shares.freeCalls();
        return owner.isEmpty() || has < room;
    }

    private void count(Turn turn, int change) {
        var holding = new Holding(turn.owner(), turn.share() == Share.STREAM);
        held.merge(holding, change, (before, more) -> before + more == 0 ? null : before + more);
    }
}
