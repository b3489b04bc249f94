package gatehouse.session.upstream;

import gatehouse.config.catalogue.Upstream;
import gatehouse.policy.rate.Load;
import gatehouse.session.mcp.Codec;
import gatehouse.session.upstream.dial.Locator;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/// HTTP with one upstream, as its catalogue entry declares it: the connections that every transport shares, and their
/// bounds.
///
/// Cancelling the future of an exchange closes its connection.
public final class Line implements AutoCloseable {

    private final ActorSystem<?> system;
    private final Upstream upstream;
    private final UpstreamSettings settings;
    private final Function<String, Load> rooms;
    private final Way way;

    /// How an exchange finds the upstream, if its URL leads anywhere.
    private sealed interface Way {}

    private record Open(Locator locator, Requests requests, Connections connections) implements Way {}

    private record Barred(Fault fault) implements Way {}

    /// @param rooms where the answers to an owner find room
    Line(
            ActorSystem<?> system,
            Upstream upstream,
            UpstreamSettings settings,
            Egress egress,
            Function<String, Load> rooms) {
        this.system = system;
        this.rooms = rooms;
        this.upstream = upstream;
        this.settings = settings;
        this.way = switch (Locator.of(
                upstream.url(), upstream.network(), settings.dialling().ports())) {
            case Locator.Refused(var problem) -> new Barred(Fault.notSent(problem));
            case Locator.Found(var locator) -> new Open(locator, new Requests(locator), connections(locator, egress));
        };
    }

    private Connections connections(Locator locator, Egress egress) {
        var codec = new Codec(settings.reading());
        var streams = new EventStreams(system, codec, settings.bounds(), upstream.quiet());
        var reception = new Reception(codec, streams, settings.bounds());
        var opener = new TcpOpener(system, egress, locator, upstream.connect(), settings.bounds(), reception);
        return new Connections(system, opener, new Shares(upstream.calls(), upstream.streams()), settings.pool());
    }

    private Locator.Locating locate(String reference) {
        return Locator.of(
                upstream.url(),
                reference,
                upstream.network(),
                settings.dialling().ports());
    }

    public ActorSystem<?> system() {
        return system;
    }

    public UpstreamSettings settings() {
        return settings;
    }

    /// One exchange of Streamable HTTP.
    CompletableFuture<Reply> send(Outbound outbound) {
        var deadline = outbound instanceof Outbound.Post post ? post.deadline() : upstream.deadline();
        return carry(Expectation.of(outbound), outbound.owner(), deadline, requests -> requests.of(outbound));
    }

    /// Opens the event stream of an HTTP+SSE session. It may be silent and last for as long as its reader likes.
    ///
    /// @param owner on whose behalf
    /// @param deadline until it begins
    public CompletableFuture<Reply> open(String owner, Duration deadline) {
        return carry(Expectation.session(), owner, deadline, Requests::open);
    }

    /// Sends a message whose answer, if it has one, comes over the stream of its session.
    ///
    /// @param target found by [#target]
    public CompletableFuture<Reply> post(String target, Outbound.Post post) {
        return carry(
                Expectation.receipt(post), post.owner(), post.deadline(), requests -> requests.receipt(target, post));
    }

    /// The path and query of an address that the upstream named; nothing if it leads to another origin, or to none.
    public Optional<String> target(String endpoint) {
        return way instanceof Open(var locator, var requests, var connections)
                        && locate(endpoint) instanceof Locator.Found(var found)
                        && locator.sharesOrigin(found)
                ? Optional.of(found.path())
                : Optional.empty();
    }

    private CompletableFuture<Reply> carry(
            Expectation expectation, String owner, Duration deadline, Function<Requests, HttpRequest> request) {
        return switch (way) {
            case Barred(var fault) -> CompletableFuture.completedFuture(new Reply.Failed(fault));
            case Open(var locator, var requests, var connections) -> {
                var turn = new Turn(expectation, owner, request.apply(requests), rooms);
                limit(turn, deadline);
                connections.carry(turn);
                yield turn.reply();
            }
        };
    }

    private void limit(Turn turn, Duration deadline) {
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
