package gatehouse.session.lifecycle;

import gatehouse.session.lifecycle.SessionActor.Command;
import gatehouse.session.lifecycle.SessionActor.Listen;
import gatehouse.session.upstream.Peer;
import java.time.Duration;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;

/// The session's own stream: what an upstream says outside of any call. One connection reads it at a time; that of the
/// upstream is kept open while somebody reads, and a little longer.
final class Listening {

    /// How often in a row a leg is opened again for the sake of a stream that brings nothing.
    private static final int LOSSES = 3;

    private final ActorContext<Command> context;
    private final SessionKey key;
    private final SessionPorts ports;
    private final Settling settling;
    private final Readers readers;
    private @Nullable StreamLog log;
    private @Nullable Listen first;
    private @Nullable ActorRef<UpstreamLink.Command> link;
    private Leg fresh = Leg.NONE; // opened just now: the upstream cannot have forgotten it yet
    private Leg mute = Leg.NONE; // no stream is to be had on it
    private int losses;
    private boolean renewed; // this link, which may have stopped before it heard of it
    private boolean loading;

    Listening(ActorContext<Command> context, SessionKey key, SessionPorts ports) {
        this.context = context;
        this.key = key;
        this.ports = ports;
        this.settling = new Settling(context);
        this.readers = new Readers(ports.neighbours());
    }

    void hear(Session session, Tidings tidings) {
        switch (tidings) {
            case Tidings.StreamReady(var loaded) -> ready(session, loaded);
            case Tidings.StreamUnready(var why) -> unready(why);
            case Tidings.LingerOver(var since) -> lingered(since);
            case Tidings.LinkSettled settled -> settling.end();
            case Tidings.LinkOpened opened -> fresh = Leg.NONE;
            case Tidings.LinkHeard heard -> losses = 0;
            case Tidings.NoLink(var leg, var stopped) -> muted(session, leg, stopped);
            case Tidings.LinkLost(var leg) -> lost(session, leg);
            case Tidings.LogLost(var gone) -> forgo(gone);
        }
    }

    boolean occupied() {
        return readers.present() || first != null;
    }

    /// Whether the way to what the upstream says by itself is just being opened; `then` is done once it is.
    boolean settling(ActorRef<Word> who, Runnable then) {
        return settling.keeps(who, then);
    }

    /// Whether somebody waits for that.
    boolean keeps(ActorRef<Word> who) {
        return settling.keeps(who);
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
    /// meanwhile waits in the log. `who` is told once it is open, or not waited for.
    void expect(Session session, ActorRef<Word> who) {
        fresh = session.leg();
        if (log == null && !loading) {
            load(session);
            linger();
        }
        Runnable then = () -> who.tell(new Word.Noted());
        if (!settling(who, then)) {
            then.run();
        }
    }

    void attach(Session session, Listen listen) {
        if (first != null && !first.reader().equals(listen.reader())) {
            listen.replyTo().tell(new Word.Occupied());
            return;
        }
        switch (readers.judge(listen.reader(), listen.resumed())) {
            case OCCUPIED -> listen.replyTo().tell(new Word.Occupied());
            case DEPARTED -> listen.replyTo().tell(new Word.Unavailable("reader"));
            case GRANTED -> {
                if (log == null) {
                    first = listen;
                    load(session);
                } else {
                    grant(session, listen, log);
                }
            }
        }
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
        }
        first = null;
        settling.end();
    }

    private void muted(Session session, Leg leg, ActorRef<UpstreamLink.Command> stopped) {
        if (!stopped.equals(link)) {
            return;
        }
        link = null;
        if (renewed) {
            hearAgain(session);
        } else {
            forsake(leg);
        }
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

    /// Whoever reads comes back, and then it is read anew how far the stream is.
    private void forgo(StreamLog gone) {
        if (log == gone) {
            unlink();
            letGo(gone);
            readers.lose();
        }
    }

    void hungUp(Reader leaving) {
        var early = first != null && first.reader().equals(leaving);
        first = early ? null : first;
        if (readers.leave(leaving) || early) {
            linger();
        }
    }

    private void lingered(Reader left) {
        if (left.equals(readers.latest()) && !readers.present()) {
            unlink();
        }
    }

    /// The leg is another one now.
    void relink(Session session) {
        var linked = link != null || (readers.present() && !mute.equals(Leg.NONE));
        fresh = session.leg();
        mute = Leg.NONE;
        unlink();
        if (linked && log != null) {
            link(session, log);
        }
    }

    /// A modern upstream is told with each stream what its client wants to hear, a legacy one remembers it.
    void follow(Session session, Change change) {
        if (session.leg().modern() && !(change instanceof Change.Level)) {
            hearOtherwise(session, peer -> {
                settling.begin();
                renewed = true;
                return new UpstreamLink.Renew(peer);
            });
        }
    }

    /// The session's route leads elsewhere.
    void move(Session session) {
        hearOtherwise(session, UpstreamLink.Move::new);
    }

    private void hearOtherwise(Session session, Function<Peer, UpstreamLink.Command> told) {
        if (link != null) {
            var to = link;
            ports.ways().of(session).ifPresent(peer -> to.tell(told.apply(peer)));
        } else if (session.leg().equals(mute)) {
            mute = Leg.NONE;
            hearAgain(session);
        }
    }

    /// There was nothing to be heard before; now there may be.
    private void hearAgain(Session session) {
        if (log == null) {
            expect(session, context.getSystem().ignoreRef());
            return;
        }
        link(session, log);
        if (!readers.present()) {
            linger();
        }
    }

    void stop() {
        unlink();
        if (log != null) {
            letGo(log);
        }
    }

    private void linger() {
        context.scheduleOnce(ports.settings().linger(), context.getSelf(), new Tidings.LingerOver(readers.latest()));
    }

    private void load(Session session) {
        if (loading) {
            return;
        }
        loading = true;
        settling.begin();
        context.pipeToSelf(
                Succession.of(session, key, ports).log(),
                (loaded, failure) -> failure == null
                        ? new Tidings.StreamReady(loaded)
                        : new Tidings.StreamUnready(StoreShareFull.missing(failure)));
    }

    private void grant(Session session, Listen listen, StreamLog stream) {
        readers.enter(listen.reader());
        var after = listen.resumed() ? listen.after() : stream.taken();
        listen.replyTo()
                .tell(new Word.Listening(
                        session, stream.key(), after, ports.neighbours().here()));
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
