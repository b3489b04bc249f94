package gatehouse.session.call;

import gatehouse.config.catalogue.RouteId;
import gatehouse.config.cluster.Neighbours.Whereabouts;
import gatehouse.policy.verdict.Admission;
import gatehouse.policy.verdict.Permits;
import gatehouse.session.lifecycle.Entry;
import gatehouse.session.lifecycle.Outbox;
import gatehouse.session.lifecycle.Reader;
import gatehouse.session.lifecycle.Session;
import gatehouse.session.lifecycle.SessionActor;
import gatehouse.session.lifecycle.SessionKey;
import gatehouse.session.lifecycle.StreamKey;
import gatehouse.session.lifecycle.Word;
import gatehouse.session.mcp.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.stream.javadsl.Source;

/// Opens a session's own stream to a client, and gives back the rest of any stream of that session.
public final class Listens {

    /// Who cannot say that it hung up is in the way of whoever wants to listen next.
    private static final Duration HANGING_UP = Duration.ofMinutes(1);

    private final CallPorts ports;

    public Listens(CallPorts ports) {
        this.ports = ports;
    }

    public CompletionStage<Answer> open(Visit visit) {
        var key = ports.ids().key(visit.principal(), visit.session());
        if (key.isEmpty()) {
            return refused(Refusal.unknownSession());
        }
        return switch (ports.gatekeeper().admitStream(visit.call(), key.get().value())) {
            case Admission.Denied(var denial) -> refused(Refusal.of(denial));
            case Admission.Granted(var permits) ->
                begin(visit, key.get(), permits).whenComplete((answer, failure) -> {
                    if (!(answer instanceof Answer.Streamed)) {
                        permits.giveBack();
                    }
                });
        };
    }

    /// Without a detour where there is nothing to look up: the client may call next and expects to be heard first.
    private CompletionStage<Answer> begin(Visit visit, SessionKey key, Permits permits) {
        return visit.lastEventId().isEmpty()
                ? listen(visit, key, new SessionActor.Listen(visit.route().id(), false, -1, reader(), none()), permits)
                : known(visit, key, permits);
    }

    private CompletionStage<Answer> known(Visit visit, SessionKey key, Permits permits) {
        return ports.door().look(key).thenCompose(word -> switch (word) {
            case Word.Known(var session)
            when session.route().equals(visit.route().id()) -> resume(visit, key, session, permits);
            case Word.Known elsewhere -> refused(Refusal.unknownSession());
            case Word.Unknown unknown -> refused(Refusal.unknownSession());
            case Word other -> refused(Refusals.unavailable("session"));
        });
    }

    private CompletionStage<Answer> listen(Visit visit, SessionKey key, SessionActor.Listen listen, Permits permits) {
        return ports.door()
                .ask(
                        key,
                        replyTo -> new SessionActor.Listen(
                                visit.route().id(), listen.resumed(), listen.after(), listen.reader(), replyTo))
                .thenCompose(word -> switch (word) {
                    case Word.Listening listening ->
                        listening(attendance(visit, key, listen.reader(), listening), listening, () -> {
                            permits.giveBack();
                            hangUp(key, listen.reader());
                        });
                    case Word.Occupied occupied -> refused(Refusals.occupied());
                    case Word.Unknown unknown -> refused(Refusal.unknownSession());
                    case Word other -> {
                        hangUp(key, listen.reader()); // it may have been granted, and nobody reads
                        yield refused(Refusals.unavailable("store"));
                    }
                });
    }

    private void hangUp(SessionKey key, Reader reader) {
        var _ = ports.door().ask(key, replyTo -> new SessionActor.HangUp(reader, replyTo), HANGING_UP);
    }

    private Attendance attendance(Visit visit, SessionKey key, Reader reader, Word.Listening listening) {
        return new Attendance(ports, key, visit.route().id(), reader, listening.node());
    }

    private CompletionStage<Answer> listening(Attendance attendance, Word.Listening listening, Runnable leave) {
        return ports.sessions()
                .streams()
                .find(listening.stream())
                .map(log -> log.read(listening.after()))
                .or(() -> where(listening.node()) == Whereabouts.THERE
                        ? Optional.of(tail(listening.session().route(), listening.stream())
                                .following(listening.after(), attendance::goesOn))
                        : Optional.empty())
                .map(entries -> streamed(entries, listening.stream(), listening.session(), leave))
                .orElseGet(() -> {
                    leave.run();
                    return refused(Refusals.unavailable("stream"));
                });
    }

    private Whereabouts where(String node) {
        return ports.sessions().neighbours().of(node);
    }

    private Reader reader() {
        return Reader.next(ports.sessions().neighbours());
    }

    private Tail tail(RouteId route, StreamKey stream) {
        return new Tail(ports.sessions().system(), ports.sessions().outbox().apply(route), stream);
    }

    private CompletionStage<Answer> resume(Visit visit, SessionKey key, Session session, Permits permits) {
        var position = EventId.of(visit.lastEventId());
        if (position.isEmpty()) {
            return refused(Refusals.unknownEvent());
        }
        var after = position.get().number();
        var stream = new StreamKey(key, position.get().stream());
        var outbox = ports.sessions().outbox().apply(visit.route().id());
        return outbox.extent(stream)
                .thenCompose(extent -> {
                    if (!extent.goesOnAfter(after)) {
                        return refused(Refusals.unknownEvent());
                    }
                    return stream.name().equals(session.stream())
                            ? listen(
                                    visit,
                                    key,
                                    new SessionActor.Listen(visit.route().id(), true, after, reader(), none()),
                                    permits)
                            : follow(
                                    new Rest(outbox, tail(session.route(), stream), stream, extent, after),
                                    session,
                                    permits);
                })
                .exceptionallyCompose(failure -> refused(Refusals.unavailable("store")));
    }

    /// What of the stream of a call somebody comes back for.
    private record Rest(Outbox outbox, Tail tail, StreamKey stream, Outbox.Extent extent, long after) {}

    private CompletionStage<Answer> follow(Rest rest, Session session, Permits permits) {
        return ports.sessions()
                .streams()
                .find(rest.stream())
                .map(log -> streamed(log.read(rest.after()), rest.stream(), session, permits::giveBack))
                .orElseGet(() -> replay(rest, session, permits));
    }

    /// Nobody here writes this stream. Either it is complete, or its call goes on at another node, or died with the
    /// node that carried it: then it ends now, and the client hears that nobody knows how the call ended.
    private CompletionStage<Answer> replay(Rest rest, Session session, Permits permits) {
        if (rest.extent().closed()) {
            return streamed(rest.tail().stored(rest.after()), rest.stream(), session, permits::giveBack);
        }
        var node = StreamNames.node(rest.stream().name());
        return streamed(
                rest.tail().following(rest.after(), () -> goesOn(rest, node)),
                rest.stream(),
                session,
                permits::giveBack);
    }

    private CompletionStage<Boolean> goesOn(Rest rest, String node) {
        return where(node) == Whereabouts.THERE
                ? CompletableFuture.completedFuture(true)
                : new Orphan(rest.outbox(), rest.stream(), ports.sessions().settings().stream())
                        .finish()
                        .thenApply(done -> false);
    }

    private CompletionStage<Answer> streamed(
            Source<Entry, NotUsed> entries, StreamKey stream, Session session, Runnable leave) {
        var events = Sending.events(entries, stream.name(), session.version())
                .takeWithin(ports.settings().streamLife());
        return CompletableFuture.completedFuture(
                new Answer.Streamed(Held.until(events, leave, ports.sessions().system())));
    }

    private ActorRef<Word> none() {
        return ports.sessions().system().ignoreRef();
    }

    private static CompletionStage<Answer> refused(Refusal refusal) {
        return CompletableFuture.completedFuture(new Answer.Refused(List.of(), refusal));
    }
}
