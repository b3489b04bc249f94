package gatehouse.session.crossing;

import gatehouse.session.upstream.Outbound;
import gatehouse.session.upstream.Peer;
import gatehouse.session.upstream.Reply;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// Gives the question which revisions are spoken no more time than the gateway gives its own: a client that waits for
/// the answer can neither fall back nor give up.
record Brief(Peer peer, Duration patience) implements Peer {

    @Override
    public CompletableFuture<Reply> send(Outbound outbound) {
        return outbound instanceof Outbound.Post(var message, var headers, var deadline, var owner)
                        && message.method().equals("server/discover")
                        && deadline.compareTo(patience) > 0
                ? peer.send(new Outbound.Post(message, headers, patience, owner))
                : peer.send(outbound);
    }
}
