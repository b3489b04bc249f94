package gatehouse.session.lifecycle;

import gatehouse.session.lifecycle.SessionActor.Command;
import gatehouse.session.lifecycle.SessionActor.Listen;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/// The session's own stream: what an upstream says outside of any call. One connection reads it at a time; the upstream's
/// stream is kept open while somebody reads, and a little longer.
final class Listening {

    private final ActorContext<Command> context;
    private final SessionKey key;
    private final SessionPorts ports;
    private @Nullable StreamLog log;
    private @Nullable Listen first;
    private @Nullable ActorRef<UpstreamLink.Command> link;
    private boolean attached;
    private long turn;

    Listening(ActorContext<Command> context, SessionKey key, SessionPorts ports) {
        this.context = context;
        this.key = key;
        this.ports = ports;
    }

    boolean occupied() {
        return attached || first != null;
    }

    /// A connection that resumes takes the place of the one before it: the client knows best which of them is dead.
    void attach(Session session, Listen listen) {
        if (first != null || (attached && !listen.resumed())) {
            listen.replyTo().tell(new Word.Occupied());
        } else if (log == null) {
            first = listen;
            context.pipeToSelf(
                    load(session),
                    (loaded, failure) -> failure == null
                            ? new SessionActor.StreamReady(loaded)
                            : new SessionActor.StreamUnready("store"));
        } else {
            grant(session, listen, log);
        }
    }

    void ready(Session session, StreamLog loaded) {
        log = loaded;
        ports.streams().add(loaded);
        if (first != null) {
            var waiting = first;
            first = null;
            grant(session, waiting, loaded);
        }
    }

    void unready(String why) {
        if (first != null) {
            first.replyTo().tell(new Word.Unavailable(why));
            first = null;
        }
    }

    void hungUp(long leaving) {
        if (leaving == turn) {
            attached = false;
            context.scheduleOnce(ports.settings().linger(), context.getSelf(), new SessionActor.LingerOver(leaving));
        }
    }

    void lingered(long left) {
        if (left == turn && !attached) {
            unlink();
        }
    }

    /// The leg is another one now.
    void relink(Session session) {
        if (link != null && log != null) {
            unlink();
            link(session, log);
        }
    }

    void stop() {
        unlink();
        if (log != null) {
            ports.streams().remove(log);
            log.leave();
            log = null;
        }
    }

    private CompletionStage<StreamLog> load(Session session) {
        var outbox = ports.outbox().apply(session.route());
        var stream = new StreamKey(key, session.stream());
        return outbox.extent(stream).thenCompose(extent -> {
            var loaded = new StreamLog(outbox, stream, ports.settings().stream(), extent.last());
            return extent.exists()
                    ? CompletableFuture.completedFuture(loaded)
                    : loaded.open(ByteString.emptyByteString()).thenApply(done -> loaded);
        });
    }

    private void grant(Session session, Listen listen, StreamLog stream) {
        turn++;
        attached = true;
        var after = listen.resumed() ? listen.after() : stream.taken();
        listen.replyTo().tell(new Word.Listening(session, stream.key(), after, turn));
        if (link == null) {
            link(session, stream);
        }
    }

    private void link(Session session, StreamLog stream) {
        ports.upstream()
                .apply(session.route())
                .ifPresent(client -> link = context.spawnAnonymous(
                        UpstreamLink.create(new UpstreamLink.Ends(client, session.leg(), stream), ports, context.getSelf())));
    }

    private void unlink() {
        if (link != null) {
            context.stop(link);
            link = null;
        }
    }
}
