package gatehouse.session.upstream;

import gatehouse.config.catalogue.Upstream;
import gatehouse.policy.rate.Load;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorSystem;

/// Speaks Streamable HTTP with one upstream.
public final class StreamableClient implements Peer, AutoCloseable {

    private final Line line;

    StreamableClient(Line line) {
        this.line = line;
    }

    public StreamableClient(ActorSystem<?> system, Upstream upstream, UpstreamSettings settings) {
        this(system, upstream, settings, Egress.ofSystem(settings.dialling()));
    }

    public StreamableClient(ActorSystem<?> system, Upstream upstream, UpstreamSettings settings, Egress egress) {
        this(system, upstream, settings, egress, owner -> Load.none());
    }

    StreamableClient(
            ActorSystem<?> system,
            Upstream upstream,
            UpstreamSettings settings,
            Egress egress,
            Function<String, Load> rooms) {
        this(new Line(system, upstream, settings, egress, rooms));
    }

    /// Cancelling the future closes the connection.
    @Override
    public CompletableFuture<Reply> send(Outbound outbound) {
        return line.send(outbound);
    }

    /// What other transports to the same upstream go over.
    public Line line() {
        return line;
    }

    /// Takes nothing new; what is under way ends as it may.
    @Override
    public void close() {
        line.close();
    }

    /// Connections held now, in use and idle.
    public int connections() {
        return line.connections();
    }

    /// Connections that carry an exchange or a stream now.
    public int inUse() {
        return line.inUse();
    }
}
