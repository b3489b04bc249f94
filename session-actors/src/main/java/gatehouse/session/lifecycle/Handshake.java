package gatehouse.session.lifecycle;

import gatehouse.session.mcp.Id;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Place;
import gatehouse.session.upstream.Outbound;
import gatehouse.session.upstream.Peer;
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

    public Handshake(Peer peer, ActorSystem<?> system) {
        this.peer = peer;
        this.system = system;
    }

    /// Says `initialize`, with these params as JSON.
    public CompletionStage<Opened> open(String params) {
        var post = post(Message.request(new Id.Text("open"), "initialize", params), Leg.NONE);
        return Errand.run(peer, post, system).thenApply(fetched -> {
            var version = fetched.answer().text(Place.RESULT_PROTOCOL_VERSION).orElse("");
            return new Opened(fetched.answer(), new Leg(fetched.session(), version));
        });
    }

    /// Opens a lost leg again and replays what the upstream knew of the session.
    public CompletionStage<Leg> reopen(Session session) {
        return open(session.opening()).thenCompose(opened -> {
            if (!opened.leg().version().equals(session.leg().version())) {
                farewell(opened.leg());
                return CompletableFuture.failedFuture(
                        new IllegalStateException("the upstream now speaks another revision than before"));
            }
            var leg = opened.leg();
            CompletionStage<Done> replayed = send(Message.notification("notifications/initialized", "{}"), leg);
            for (var message : known(session)) {
                replayed = replayed.thenCompose(done -> send(message, leg));
            }
            return replayed.thenApply(done -> leg);
        });
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
        for (var params : session.subscriptions().values()) {
            messages.add(Message.request(new Id.Text("subscribe-" + number++), "resources/subscribe", params));
        }
        return messages;
    }

    private CompletionStage<Done> send(Message message, Leg leg) {
        if (message.kind() == Message.Kind.NOTIFICATION) {
            return peer.send(post(message, leg)).thenApply(reply -> Done.getInstance());
        }
        return Errand.run(peer, post(message, leg), system).thenApply(fetched -> Done.getInstance());
    }

    private static Outbound.Post post(Message message, Leg leg) {
        return new Outbound.Post(message, leg.headers(List.of()), PATIENCE);
    }
}
