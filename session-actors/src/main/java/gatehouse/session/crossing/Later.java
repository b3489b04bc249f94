package gatehouse.session.crossing;

import gatehouse.session.upstream.Outbound;
import gatehouse.session.upstream.Peer;
import gatehouse.session.upstream.Reply;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/// An exchange with a peer that depends on something nobody knows yet. It can be given up before it begins.
final class Later {

    private Later() {}

    static <T> CompletableFuture<Reply> send(CompletableFuture<T> known, Function<T, Peer> choose, Outbound outbound) {
        if (known.isDone()) {
            return choose.apply(known.join()).send(outbound);
        }
        var reply = new CompletableFuture<Reply>();
        var _ = known.thenAccept(fact -> {
            if (!reply.isCancelled()) {
                join(choose.apply(fact).send(outbound), reply, got -> {});
            }
        });
        return reply;
    }

    /// Completes one future with what the other brings, and gives that one up with this.
    ///
    /// @param first what is done before
    static void join(CompletableFuture<Reply> sent, CompletableFuture<Reply> reply, Consumer<Reply> first) {
        var _ = sent.whenComplete((got, failure) -> {
            if (failure == null) {
                first.accept(got);
                reply.complete(got);
            } else {
                reply.completeExceptionally(failure);
            }
        });
        var _ = reply.whenComplete((got, failure) -> {
            if (reply.isCancelled()) {
                sent.cancel(true);
            }
        });
    }
}
