package gatehouse.session.lifecycle;

import gatehouse.session.mcp.Codes;
import gatehouse.session.mcp.Id;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Place;
import gatehouse.session.upstream.Outbound;
import gatehouse.session.upstream.Peer;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.util.ByteString;

/// Turns what an upstream asks into what the client is asked: under an id of ours, remembered by the session first, so
/// that the answer finds its way back from any node and after any restart.
public final class Questions {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Peer peer;
    private final Leg leg;
    private final SessionPorts ports;
    private final Way session;
    private final String call;

    /// How the session is asked.
    public interface Way {
        CompletionStage<Word> ask(Function<ActorRef<Word>, SessionActor.Outer> question);
    }

    public Questions(Peer peer, Leg leg, SessionPorts ports, Way session) {
        this(peer, leg, ports, session, "");
    }

    private Questions(Peer peer, Leg leg, SessionPorts ports, Way session, String call) {
        this.peer = peer;
        this.leg = leg;
        this.ports = ports;
        this.session = session;
        this.call = call;
    }

    /// Those that come up in a call, named by the JSON of its id: when it leaves, nobody waits for an answer any
    /// more.
    public Questions during(String request) {
        return new Questions(peer, leg, ports, session, request);
    }

    /// Where there is no way to the client, or none to remember a question by.
    public static Questions unaskable(Peer peer, Leg leg, SessionPorts ports) {
        return new Questions(
                peer, leg, ports, question -> CompletableFuture.completedFuture(new Word.Unavailable("client")));
    }

    /// The question as the client may see it; nothing where it was answered here.
    public CompletionStage<List<Message>> put(Message request) {
        var upstreamId = request.id().orElseThrow();
        if (request.method().equals("ping")) {
            return reply(Message.result(upstreamId, "{}"));
        }
        var deadline = ports.clock().instant().plus(ports.settings().question());
        var id = "q-" + new BigInteger(96, RANDOM).toString(36);
        var question = new Question(upstreamId.json(), leg.session(), deadline, call);
        return ask(replyTo -> new SessionActor.Ask(id, question, replyTo))
                .thenCompose(word -> word instanceof Word.Asked
                        ? CompletableFuture.completedFuture(List.of(request.withId(new Id.Text(id))))
                        : reply(Message.error(upstreamId, Codes.INTERNAL_ERROR, "the client cannot be asked now")));
    }

    private static boolean takesBack(Message message) {
        return message.kind() == Message.Kind.NOTIFICATION && message.method().equals("notifications/cancelled");
    }

    /// What is no question: as it is, but where an upstream takes one back, which the client knows under our id.
    /// One that it does not know (any more) is not mentioned to it.
    public CompletionStage<List<Message>> pass(Message notification) {
        if (!takesBack(notification)) {
            return CompletableFuture.completedFuture(List.of(notification));
        }
        var upstreamId = notification
                .text(Place.PARAMS_REQUEST_ID)
                .map(text -> new Id.Text(text).json())
                .or(() -> notification.raw(Place.PARAMS_REQUEST_ID).map(ByteString::utf8String))
                .orElse("");
        return ask(replyTo -> new SessionActor.Withdraw(upstreamId, leg.session(), replyTo))
                .thenApply(word -> word instanceof Word.Withdrawn(var id)
                        ? List.of(notification.with(Place.PARAMS_REQUEST_ID, new Id.Text(id).json()))
                        : List.of());
    }

    private CompletionStage<Word> ask(Function<ActorRef<Word>, SessionActor.Outer> question) {
        return session.ask(question).exceptionally(failure -> new Word.Unavailable("session"));
    }

    private CompletionStage<List<Message>> reply(Message answer) {
        var post = new Outbound.Post(answer, leg.headers(List.of()), PATIENCE);
        return peer.send(post).thenApply(reply -> List.of());
    }
}
