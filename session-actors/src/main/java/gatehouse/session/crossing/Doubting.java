package gatehouse.session.crossing;

import gatehouse.session.upstream.Outbound;
import gatehouse.session.upstream.Peer;
import gatehouse.session.upstream.Reply;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/// Notices when an upstream answers as its verdict says it would not, before anybody can act upon the answer.
record Doubting(Peer peer, Predicate<Reply> denies, Runnable doubt) implements Peer {

    @Override
    public CompletableFuture<Reply> send(Outbound outbound) {
        var reply = new CompletableFuture<Reply>();
        Later.join(peer.send(outbound), reply, got -> {
            if (denies.test(got)) {
                doubt.run();
            }
        });
        return reply;
    }
}
