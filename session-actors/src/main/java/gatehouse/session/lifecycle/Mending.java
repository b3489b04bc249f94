package gatehouse.session.lifecycle;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/// Opens a lost leg of one session again: once, however many calls found it lost.
final class Mending {

    /// What mending tells its session.
    sealed interface Sign extends SessionActor.Inner {}

    record Mended(Leg leg) implements Sign {}

    record Unmendable(String why) implements Sign {}

    /// Calls of one session that may wait; the node bounds calls as well.
    private static final int WAITING = 1000;

    private final ActorContext<SessionActor.Command> context;
    private final SessionPorts ports;
    private final Set<ActorRef<Word>> waiting = new LinkedHashSet<>();

    Mending(ActorContext<SessionActor.Command> context, SessionPorts ports) {
        this.context = context;
        this.ports = ports;
    }

    void begin(Session session, ActorRef<Word> replyTo) {
        if (waiting.size() == WAITING) {
            replyTo.tell(new Word.Unavailable("upstream"));
            return;
        }
        if (!waiting.add(replyTo) || waiting.size() > 1) {
            return;
        }
        ports.ways()
                .opening(session)
                .ifPresentOrElse(
                        peer -> context.pipeToSelf(
                                reopen(new Handshake(peer, ports.system(), session.principal()), session),
                                (leg, failure) -> failure == null ? new Mended(leg) : new Unmendable("upstream")),
                        () -> done(new Word.Unavailable("route")));
    }

    /// The upstream may still know the leg that is replaced, whatever it said of it.
    private static CompletionStage<Leg> reopen(Handshake handshake, Session session) {
        return handshake.reopen(session).thenApply(leg -> {
            handshake.farewell(session.leg());
            return leg;
        });
    }

    void done(Word word) {
        var told = List.copyOf(waiting);
        waiting.clear();
        told.forEach(replyTo -> replyTo.tell(word));
    }

    /// The session ends: its leg is let go.
    void farewell(Session session) {
        done(new Word.Unknown());
        ports.ways()
                .of(session)
                .ifPresent(peer -> new Handshake(peer, ports.system(), session.principal()).farewell(session.leg()));
    }
}
