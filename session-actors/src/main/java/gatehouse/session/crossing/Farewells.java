package gatehouse.session.crossing;

import gatehouse.config.catalogue.Upstream;
import gatehouse.session.upstream.Fault;
import gatehouse.session.upstream.Reply;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// Ends sessions at upstreams, at each a few at once: a route that goes takes all of its sessions with it, and an
/// upstream is not to be flooded by them, nor are the calls of others to be kept from its connections.
final class Farewells {

    /// At one upstream; it may be slow.
    private static final int AT_ONCE = 8;

    private static final Fault TOO_MANY = Fault.notSent("too many sessions end there already");

    private final int most;
    private final Executor executor;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Upstream, Queue> queues = new HashMap<>();
    private int waiting;

    private record Turn(Supplier<? extends CompletableFuture<Reply>> farewell, CompletableFuture<Reply> reply) {}

    private static final class Queue {
        private final ArrayDeque<Turn> turns = new ArrayDeque<>();
        private int underWay;
    }

    /// @param most that may wait, for all upstreams; what is more is not said
    Farewells(int most, Executor executor) {
        this.most = most;
        this.executor = executor;
    }

    CompletableFuture<Reply> say(Upstream upstream, Supplier<? extends CompletableFuture<Reply>> farewell) {
        var turn = new Turn(farewell, new CompletableFuture<>());
        var queue = locked(() -> entered(upstream, turn));
        queue.ifPresentOrElse(
                entered -> begin(upstream, entered), () -> turn.reply().complete(new Reply.Failed(TOO_MANY)));
        return turn.reply();
    }

    private Optional<Queue> entered(Upstream upstream, Turn turn) {
        if (waiting == most) {
            return Optional.empty();
        }
        waiting++;
        var queue = queues.computeIfAbsent(upstream, first -> new Queue());
        queue.turns.add(turn);
        return Optional.of(queue);
    }

    private void begin(Upstream upstream, Queue queue) {
        for (var turn : locked(() -> next(upstream, queue))) {
            var _ = turn.farewell()
                    .get()
                    .whenComplete((reply, failure) -> {
                        if (failure == null) {
                            turn.reply().complete(reply);
                        } else {
                            turn.reply().completeExceptionally(failure);
                        }
                    })
                    .whenCompleteAsync((reply, failure) -> over(upstream, queue), executor);
        }
    }

    private void over(Upstream upstream, Queue queue) {
        locked(() -> queue.underWay--);
        begin(upstream, queue);
    }

    private List<Turn> next(Upstream upstream, Queue queue) {
        var begun = new ArrayList<Turn>(1);
        while (queue.underWay < AT_ONCE && !queue.turns.isEmpty()) {
            begun.add(queue.turns.remove());
            queue.underWay++;
            waiting--;
        }
        if (queue.underWay == 0) {
            queues.remove(upstream, queue);
        }
        return begun;
    }

    private <T> T locked(Supplier<T> steps) {
        lock.lock();
        try {
            return steps.get();
        } finally {
            lock.unlock();
        }
    }
}
