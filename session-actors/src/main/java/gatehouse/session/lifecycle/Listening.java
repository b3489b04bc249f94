package gatehouse.session.lifecycle;

import gatehouse.config.cluster.Neighbours;
import gatehouse.session.lifecycle.SessionActor.Command;
import gatehouse.session.lifecycle.SessionActor.Listen;
import java.time.Duration;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;

/// The session's own stream: what an upstream says outside of any call. One connection reads it at a time; the
/// upstream's
/// stream is kept open while somebody reads, and a little longer.
final class Listening {

    /// What listening tells itself by way of its session.
    sealed interface Sign extends SessionActor.Inner {}

    private record StreamReady(StreamLog log) implements Sign {}

    private record StreamUnready(String why) implements Sign {}

    private record LingerOver(long turn) implements Sign {}

    /// The upstream's own stream is open, or will not be for now.
    record LinkSettled() implements Sign {}

    /// The upstream offers no stream of its own on this leg: this link has stopped.
    record NoLink(Leg leg, ActorRef<UpstreamLink.Command> stopped) implements Sign {}

    /// The upstream says that it does not know this leg.
    record LinkLost(Leg leg) implements Sign {}

    /// The upstream's stream was opened: a leg that is not known later was forgotten.
    record LinkOpened() implements Sign {}

    /// The upstream's stream was worth opening.
    record LinkHeard() implements Sign {}

    /// How often in a row a leg is opened again for the sake of a stream that brings nothing.
    private static final int LOSSES = 3;

    private final ActorContext<Command> context;
    private final SessionKey key;
    private final SessionPorts ports;
    private final Settling settling;
    private @Nullable StreamLog log;
    private @Nullable Listen first;
    private @Nullable ActorRef<UpstreamLink.Command> link;
    private Leg fresh = Leg.NONE; // opened just now: the upstream cannot have forgotten it yet
    private Leg mute = Leg.NONE; // no stream is to be had on it
    private int losses;
    private boolean renewed; // this link, which may have stopped before it heard of it
    private boolean loading;
    private boolean attached;
    private long turn;
    private String reader = ""; // the node of who reads

    Listening(ActorContext<Command> context, SessionKey key, SessionPorts ports) {
        this.context = context;
        this.key = key;
        this.ports = ports;
        this.settling = new Settling(context);
    }

    void hear(Session session, Sign sign) {
        switch (sign) {
            case StreamReady(var loaded) -> ready(session, loaded);
            case StreamUnready(var why) -> unready(why);
            case LingerOver(var since) -> lingered(since);
            case LinkSettled settled -> settling.end();
            case LinkOpened opened -> fresh = Leg.NONE;
            case LinkHeard heard -> losses = 0;
            case NoLink(var leg, var stopped) -> muted(session, leg, stopped);
            case LinkLost(var leg) -> lost(session, leg);
        }
    }

    boolean occupied() {
        return attached || first != null;
    }

    /// Whether the way to what the upstream says by itself is just being opened; `then` is done once it is.
    boolean settling(Runnable then) {
        return settling.keeps(then);
    }

    /// Many upstreams answer GET with 404 because they have no such thing: they would be asked for one leg after
    /// another.
    private void lost(Session session, Leg leg) {
        if (leg.equals(fresh) || losses == LOSSES) {
            unlink();
            forsake(leg);
        } else if (leg.equals(session.leg())) {
            var wait = losses == 0 ? Duration.ZERO : ports.settings().relisten().multipliedBy(1L << losses);
            losses++;
            context.scheduleOnce(
                    wait,
                    context.getSelf(),
                    new SessionActor.Mend(leg, context.getSystem().ignoreRef()));
        }
    }

    /// Opens the way to what the upstream says by itself before anybody listens, and for a while only: what comes
    /// meanwhile waits in the log. `then` is done once it is open, or not waited for.
    void expect(Session session, Runnable then) {
        fresh = session.leg();
        if (log == null && !loading) {
            load(session);
            linger(turn);
        }
        if (!settling(then)) {
            then.run();
        }
    }

    /// A connection that resumes takes the place of the one before it: the client knows best which of them is dead.
    void attach(Session session, Listen listen) {
        if (first != null || (attached && !listen.resumed() && !readerIsGone())) {
            listen.replyTo().tell(new Word.Occupied());
        } else if (log == null) {
            first = listen;
            load(session);
        } else {
            grant(session, listen, log);
        }
    }

    /// Who died cannot hang up.
    private boolean readerIsGone() {
        return ports.neighbours().of(reader) == Neighbours.Whereabouts.GONE;
    }

    private void ready(Session session, StreamLog loaded) {
        loading = false;
        log = loaded;
        ports.streams().addOwn(loaded);
        if (first == null) {
            link(session, loaded);
        } else {
            var listen = first;
            first = null;
            grant(session, listen, loaded);
        }
    }

    private void unready(String why) {
        loading = false;
        if (first != null) {
            first.replyTo().tell(new Word.Unavailable(why));
            first = null;
        }
        settling.end();
    }

    private void muted(Session session, Leg leg, ActorRef<UpstreamLink.Command> stopped) {
        if (!stopped.equals(link)) {
            return;
        }
        link = null;
        if (renewed) {
            hearAgain(session);
            return;
        }
        forsake(leg);
    }

    /// Most sessions of such an upstream only call: then nothing is kept for a stream that will stay empty.
    private void forsake(Leg leg) {
        mute = leg;
        if (!occupied() && log != null && log.isFresh()) {
            letGo(log);
        }
    }

    private void letGo(StreamLog stream) {
        ports.streams().remove(stream);
        stream.leave();
        log = null;
    }

    void hungUp(long leaving) {
        if (leaving == turn) {
            attached = false;
            linger(leaving);
        }
    }

    private void lingered(long left) {
        if (left == turn && !attached) {
            unlink();
        }
    }

    /// The leg is another one now.
    void relink(Session session) {
        var linked = link != null || (attached && !mute.equals(Leg.NONE));
        fresh = session.leg();
        mute = Leg.NONE;
        unlink();
        if (linked && log != null) {
            link(session, log);
        }
    }

    /// A modern upstream is told with each stream what its client wants to hear, a legacy one remembers it.
    void follow(Session session, Change change) {
        if (!session.leg().modern() || change instanceof Change.Level) {
            return;
        }
        if (link != null) {
            settling.begin();
            renewed = true;
            var to = link;
            ports.ways().of(session).ifPresent(peer -> to.tell(new UpstreamLink.Renew(peer)));
        } else if (session.leg().equals(mute)) {
            mute = Leg.NONE;
            hearAgain(session);
        }
    }

    /// There was nothing to be heard before; now there may be.
    private void hearAgain(Session session) {
        if (log == null) {
            expect(session, () -> {});
            return;
        }
        link(session, log);
        if (!attached) {
            linger(turn);
        }
    }

    void stop() {
        unlink();
        if (log != null) {
            letGo(log);
        }
    }

    private void linger(long since) {
        context.scheduleOnce(ports.settings().linger(), context.getSelf(), new LingerOver(since));
    }

    private void load(Session session) {
        if (loading) {
            return;
        }
        loading = true;
        settling.begin();
        context.pipeToSelf(
                StreamLog.goingOn(
                        ports.outbox().apply(session.route()),
                        new StreamKey(key, session.stream()),
                        ports.settings().stream()),
                (loaded, failure) ->
                        failure == null ? new StreamReady(loaded) : new StreamUnready(StoreShareFull.missing(failure)));
    }

    private void grant(Session session, Listen listen, StreamLog stream) {
        turn++;
        attached = true;
        reader = listen.node();
        var after = listen.resumed() ? listen.after() : stream.taken();
        listen.replyTo()
                .tell(new Word.Listening(
                        session, stream.key(), after, turn, ports.neighbours().here()));
        if (link == null) {
            link(session, stream);
        }
    }

    private void link(Session session, StreamLog stream) {
        if (session.leg().equals(mute)) {
            settling.end();
            return;
        }
        settling.begin();
        renewed = false;
        ports.ways()
                .of(session)
                .ifPresentOrElse(
                        peer -> link = context.spawnAnonymous(UpstreamLink.create(
                                new UpstreamLink.Ends(
                                        peer,
                                        session.leg(),
                                        stream,
                                        session.principal().toString()),
                                ports,
                                context.getSelf())),
                        settling::end);
    }

    private void unlink() {
        if (link != null) {
            context.stop(link);
            link = null;
        }
    }
}
