package gatehouse.session.upstream;

import gatehouse.config.catalogue.Upstream;
import gatehouse.session.mcp.Codec;
import gatehouse.session.upstream.dial.Locator;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorSystem;

/// Speaks Streamable HTTP with one upstream, as its catalogue entry declares it.
public final class StreamableClient implements Peer, AutoCloseable {

    private final ActorSystem<?> system;
    private final Upstream upstream;
    private final Way way;

    /// How an exchange finds the upstream, if its URL leads anywhere.
    private sealed interface Way {}

    private record Open(Requests requests, Connections connections) implements Way {}

    private record Barred(Fault fault) implements Way {}

    public StreamableClient(ActorSystem<?> system, Upstream upstream, UpstreamSettings settings) {
        this(system, upstream, settings, Egress.ofSystem(settings.dialling()));
    }

    public StreamableClient(ActorSystem<?> system, Upstream upstream, UpstreamSettings settings, Egress egress) {
        this.system = system;
        this.upstream = upstream;
        this.way = way(settings, egress);
    }

    private Way way(UpstreamSettings settings, Egress egress) {
        return switch (Locator.of(
                upstream.url(), upstream.network(), settings.dialling().ports())) {
            case Locator.Refused(var problem) -> new Barred(Fault.notSent(problem));
            case Locator.Found(var locator) -> {
                var reception = reception(settings);
                var opener = new TcpOpener(system, egress, locator, upstream.connect(), settings.bounds(), reception);
                var shares = new Shares(upstream.calls(), upstream.streams());
                yield new Open(new Requests(locator), new Connections(system, opener, shares, settings.pool()));
            }
        };
    }

    private Reception reception(UpstreamSettings settings) {
        var codec = new Codec(settings.reading());
        var streams = new EventStreams(system, codec, settings.bounds(), upstream.quiet());
        return new Reception(codec, streams, settings.bounds());
    }

    /// Cancelling the future closes the connection.
    @Override
    public CompletableFuture<Reply> send(Outbound outbound) {
        return switch (way) {
            case Barred(var fault) -> CompletableFuture.completedFuture(new Reply.Failed(fault));
            case Open(var requests, var connections) -> {
                var turn = new Turn(outbound, requests.of(outbound));
                limit(turn);
                connections.carry(turn);
                yield turn.reply();
            }
        };
    }

    private void limit(Turn turn) {
        var deadline = turn.outbound() instanceof Outbound.Post post ? post.deadline() : upstream.deadline();
        var timer =
                system.scheduler().scheduleOnce(deadline, () -> turn.giveUp(turn.late()), system.executionContext());
        turn.whenOver(() -> {
            timer.cancel();
            if (turn.reply().isCancelled()) {
                turn.letGo();
            }
        });
    }

    /// Takes nothing new; what is under way ends as it may.
    @Override
    public void close() {
        if (way instanceof Open open) {
            open.connections().close();
        }
    }

    /// Connections held now, in use and idle.
    public int connections() {
        return way instanceof Open open ? open.connections().open() : 0;
    }

    /// Connections that carry an exchange or a stream now.
    public int inUse() {
        return way instanceof Open open ? open.connections().inUse() : 0;
    }
}
