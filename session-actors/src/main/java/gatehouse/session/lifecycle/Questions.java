package gatehouse.session.lifecycle;

import gatehouse.session.mcp.Codes;
import gatehouse.session.mcp.Id;
import gatehouse.session.mcp.Message;
import gatehouse.session.upstream.Outbound;
import gatehouse.session.upstream.Peer;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;

/// Turns what an upstream asks into what the client is asked: under an id of ours, remembered by the session first, so
/// that the answer finds its way back from any node and after any restart.
public final class Questions {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Peer peer;
    private final Leg leg;
    private final SessionPorts ports;
    private final BiFunction<String, Question, CompletionStage<Word>> remember;

    /// @param remember makes the session remember a question under an id
    public Questions(
            Peer peer, Leg leg, SessionPorts ports, BiFunction<String, Question, CompletionStage<Word>> remember) {
        this.peer = peer;
        this.leg = leg;
        this.ports = ports;
        this.remember = remember;
    }

    /// Where there is no way to the client, or none to remember a question by.
    public static Questions unaskable(Peer peer, Leg leg, SessionPorts ports) {
        return new Questions(
                peer, leg, ports, (id, question) -> CompletableFuture.completedFuture(new Word.Unavailable("client")));
    }

    /// The question as the client may see it; nothing where it was answered here.
    public CompletionStage<List<Message>> put(Message request) {
        var upstreamId = request.id().orElseThrow();
        if (request.method().equals("ping")) {
            return reply(Message.result(upstreamId, "{}"));
        }
        var deadline = ports.clock().instant().plus(ports.settings().question());
        var id = "q-" + new BigInteger(96, RANDOM).toString(36);
        return remember.apply(id, new Question(upstreamId.json(), leg.session(), deadline))
                .exceptionally(failure -> new Word.Unavailable("session"))
                .thenCompose(word -> word instanceof Word.Asked
                        ? CompletableFuture.completedFuture(List.of(request.withId(new Id.Text(id))))
                        : reply(Message.error(upstreamId, Codes.INTERNAL_ERROR, "the client cannot be asked now")));
    }

    private CompletionStage<List<Message>> reply(Message answer) {
        var post = new Outbound.Post(answer, leg.headers(List.of()), PATIENCE);
        return peer.send(post).thenApply(reply -> List.of());
    }
}
