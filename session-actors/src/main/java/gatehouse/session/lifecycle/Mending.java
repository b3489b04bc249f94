package gatehouse.session.lifecycle;

import gatehouse.session.upstream.Peer;
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

    record Parted(Ways.Parted routes) implements Sign {}

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
                                reopen(handshake(peer, session), session),
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
                .or(() -> ports.ways().former(session).map(Ways.Former::peer))
                .ifPresent(peer -> handshake(peer, session).farewell(session.leg()));
    }

    /// What is declared has changed. A session whose route is gone ends. One whose route leads elsewhere goes on
    /// there
    /// and takes leave of where it was, once its calls there have ended.
    void part(Session session, Parted parted, Listening listening) {
        var routes = parted.routes();
        if (routes.gone().contains(session.route())) {
            context.getSelf()
                    .tell(new SessionActor.End(
                            session.route(), false, context.getSystem().ignoreRef()));
        } else if (routes.elsewhere().contains(session.route())) {
            listening.move(session);
            ports.ways()
                    .former(session)
                    .ifPresent(former -> context.getSystem()
                            .scheduler()
                            .scheduleOnce(
                                    former.calls(),
                                    () -> handshake(former.peer(), session).farewell(session.leg()),
                                    context.getSystem().executionContext()));
        }
    }

    private Handshake handshake(Peer peer, Session session) {
        return new Handshake(peer, ports.system(), session.principal());
    }
}
