package gatehouse.session.lifecycle;

import gatehouse.policy.verdict.Principal;
import gatehouse.session.mcp.Id;
import gatehouse.session.mcp.Json;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Place;
import gatehouse.session.upstream.Fault;
import gatehouse.session.upstream.Header;
import gatehouse.session.upstream.Outbound;
import gatehouse.session.upstream.Peer;
import gatehouse.session.upstream.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;

/// Opens a leg: what a client of a legacy upstream says before it may call anything, and again when the leg was lost.
public final class Handshake {

    /// The upstream's answer to `initialize`, and the leg it opened; no leg if the answer is an error.
    public record Opened(Message answer, Leg leg) {}

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Peer peer;
    private final ActorSystem<?> system;
    private final Principal owner;
    private final List<Header> more;

    public Handshake(Peer peer, ActorSystem<?> system, Principal owner) {
        this(peer, system, owner, List.of());
    }

    /// @param owner on whose behalf
    /// @param more headers to say hello with
    public Handshake(Peer peer, ActorSystem<?> system, Principal owner, List<Header> more) {
        this.peer = peer;
        this.system = system;
        this.owner = owner;
        this.more = more;
    }

    /// Says `initialize`, with these params as JSON. Cancelling it gives up what is under way.
    public CompletableFuture<Opened> open(String params) {
        var errand = Errand.run(peer, opening(params), system);
        var opened = errand.thenApply(fetched -> {
            if (fetched.session().length() > Leg.LONGEST) {
                throw new Errand.Failed(new Reply.Failed(Fault.garbled("session id of the upstream is too long")));
            }
            var version = fetched.answer().text(Place.RESULT_PROTOCOL_VERSION).orElse("");
            return new Opened(fetched.answer(), new Leg(fetched.session(), version));
        });
        var _ = opened.whenComplete((leg, failure) -> errand.cancel(true));
        return opened;
    }

    /// Opens a lost leg again and replays what the upstream knew of the session, all within the patience for one
    /// exchange.
    public CompletionStage<Leg> reopen(Session session) {
        var until = System.nanoTime() + PATIENCE.toNanos();
        return open(session.opening()).thenCompose(opened -> {
            var leg = opened.leg();
            if (!leg.version().equals(session.leg().version())) {
                farewell(leg);
                return CompletableFuture.failedFuture(
                        new IllegalStateException("the upstream now speaks another revision than before"));
            }
            return replay(session, leg, until).thenApply(done -> leg).whenComplete((done, failure) -> {
                if (failure != null) {
                    farewell(leg);
                }
            });
        });
    }

    private CompletionStage<Done> replay(Session session, Leg leg, long until) {
        CompletionStage<Done> replayed = send(Message.notification("notifications/initialized", "{}"), leg, until);
        for (var message : known(session)) {
            replayed = replayed.thenCompose(done -> send(message, leg, until));
        }
        return replayed;
    }

    /// Tells the upstream that a leg is no longer needed. Nobody waits for it.
    public void farewell(Leg leg) {
        if (!leg.session().isEmpty()) {
            var _ = peer.send(new Outbound.Delete(leg.headers(List.of())));
        }
    }

    private static List<Message> known(Session session) {
        var messages = new ArrayList<Message>();
        if (!session.level().isEmpty()) {
            messages.add(Message.request(new Id.Text("level"), "logging/setLevel", session.level()));
        }
        var number = 0;
        for (var uri : session.subscriptions().keySet()) {
            var params = "{\"uri\":" + Json.quote(uri) + "}";
            messages.add(Message.request(new Id.Text("subscribe-" + number++), "resources/subscribe", params));
        }
        return messages;
    }

    private CompletionStage<Done> send(Message message, Leg leg, long until) {
        var left = Duration.ofNanos(until - System.nanoTime());
        if (left.isNegative() || left.isZero()) {
            return CompletableFuture.failedFuture(new IllegalStateException("the upstream took too long"));
        }
        var post = new Outbound.Post(message, leg.headers(List.of()), left, owner.toString());
        return message.kind() == Message.Kind.NOTIFICATION
                ? peer.send(post).thenApply(reply -> Done.getInstance())
                : Errand.run(peer, post, system).thenApply(fetched -> Done.getInstance());
    }

    private Outbound.Post opening(String params) {
        var request = Message.request(new Id.Text("open"), "initialize", params);
        return new Outbound.Post(request, Leg.NONE.headers(more), PATIENCE, owner.toString());
    }
}
