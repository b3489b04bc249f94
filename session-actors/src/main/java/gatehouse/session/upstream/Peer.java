package gatehouse.session.upstream;

import java.util.concurrent.CompletableFuture;

/// An MCP server as the gateway speaks with it, one exchange at a time, whatever lies between.
public interface Peer {

    /// Cancelling the future gives the exchange up: nothing more of it is read.
    CompletableFuture<Reply> send(Outbound outbound);
}
