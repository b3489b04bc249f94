package gatehouse.session.lifecycle;

import gatehouse.session.mcp.Message;
import gatehouse.session.upstream.Fault;
import gatehouse.session.upstream.Outbound;
import gatehouse.session.upstream.Peer;
import gatehouse.session.upstream.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.stream.javadsl.Sink;

/// Listens to what an upstream says outside of any call and writes it into the session's own stream. It comes back when
/// the upstream hangs up, resuming where it was, and stays away from an upstream that offers no such stream.
final class UpstreamLink {

    sealed interface Command {}

    /// @param attempt which of them it was; only the latest counts
    private record Connected(int attempt, Reply reply) implements Command {}

    private record Ended(Pump.Drained drained) implements Command {}

    private record Again() implements Command {}

    /// The session's stream took nothing more.
    private record Unwritten() implements Command {}

    /// The client wants to hear something else now, which this peer says. Nothing is missed meanwhile, as the new
    /// stream opens before the old one ends.
    record Renew(Peer peer) implements Command {}

    /// The route leads elsewhere, to this peer. A stream that is open ends where it was, and is heard to its end.
    record Move(Peer peer) implements Command {}

    /// What the link joins.
    record Ends(Peer peer, Leg leg, StreamLog log, String owner) {}

    private static final int LONGEST = 6;
    private static final int NOT_FOUND = 404;
    private static final CompletableFuture<Reply> NONE_UNDER_WAY =
            CompletableFuture.completedFuture(new Reply.Accepted());
    private static final Fault GIVEN_UP = Fault.notSent("given up");
    private static final Duration LATEST = Duration.ofMinutes(1);

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final Ends ends;
    private final SessionPorts ports;
    private final ActorRef<SessionActor.Command> session;
    private Peer peer;
    private CompletableFuture<Reply> opening = NONE_UNDER_WAY;
    private Optional<Reply.Streamed> next = Optional.empty();
    private int attempt;
    private boolean moved; // while a stream was open
    private String lastEventId;
    private int failures; // in a row: streams that were not worth opening
    private volatile boolean heard; // a message on this stream
    private long since; // this stream was opened

    static Behavior<Command> create(Ends ends, SessionPorts ports, ActorRef<SessionActor.Command> session) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> new UpstreamLink(context, timers, ends, ports, session).connect()));
    }

    private UpstreamLink(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            Ends ends,
            SessionPorts ports,
            ActorRef<SessionActor.Command> session) {
        this.context = context;
        this.timers = timers;
        this.ends = ends;
        this.peer = ends.peer();
        this.ports = ports;
        this.session = session;
        this.lastEventId = Position.eventId(ends.leg(), ends.log().source());
    }

    private Behavior<Command> connect() {
        open();
        return Behaviors.receive(Command.class)
                .onMessage(Connected.class, this::isLatest, connected -> connected(connected.reply()))
                .onMessage(Renew.class, renew -> renew(renew.peer()))
                .onMessage(Move.class, move -> renew(move.peer()))
                .onAnyMessage(this::pass)
                .onSignal(PostStop.class, stopped -> giveUp())
                .build();
    }

    private void open() {
        var mine = ++attempt;
        opening = peer.send(new Outbound.Listen(lastEventId, ends.leg().headers(List.of()), ends.owner()));
        context.pipeToSelf(
                opening, (got, failure) -> new Connected(mine, failure == null ? got : new Reply.Failed(GIVEN_UP)));
    }

    private boolean isLatest(Connected connected) {
        return connected.attempt() == attempt;
    }

    private Behavior<Command> renew(Peer other) {
        giveUp();
        timers.cancelAll();
        peer = other;
        moved = false;
        return connect();
    }

    private Behavior<Command> giveUp() {
        opening.cancel(true);
        var _ = opening.thenAccept(this::discard);
        return Behaviors.same();
    }

    /// Whatever comes too late; a stream among it is let go.
    private Behavior<Command> pass(Command late) {
        if (late instanceof Connected connected) {
            discard(connected.reply());
        }
        return Behaviors.same();
    }

    private Behavior<Command> connected(Reply reply) {
        opening = NONE_UNDER_WAY;
        session.tell(new Tidings.LinkSettled());
        return switch (reply) {
            case Reply.Streamed streamed -> listen(streamed);
            case Reply.Refused refused
            when refused.status() == NOT_FOUND && !ends.leg().session().isEmpty() -> lost();
            case Reply.Refused refused -> none();
            case Reply.Single single -> none();
            case Reply.Accepted accepted -> none();
            case Reply.Failed failed -> later(-1);
        };
    }

    private Behavior<Command> listen(Reply.Streamed streamed) {
        heard = false;
        since = System.nanoTime();
        next = Optional.empty();
        session.tell(new Tidings.LinkOpened());
        var running = Pump.run(streamed.events(), passage(), ends.log(), context.getSystem());
        context.pipeToSelf(
                running.drained(),
                (drained, failure) -> drained.unwritten().isPresent() ? new Unwritten() : new Ended(drained));
        return Behaviors.receive(Command.class)
                .onMessage(Unwritten.class, unwritten -> unwritten())
                .onMessage(Ended.class, ended -> ended(ended.drained()))
                .onMessage(Renew.class, renew -> {
                    giveUp();
                    peer = renew.peer();
                    open();
                    return Behaviors.same();
                })
                .onMessage(Move.class, move -> {
                    peer = move.peer();
                    moved = true;
                    return Behaviors.same();
                })
                .onMessage(Connected.class, this::isLatest, fresh -> replace(fresh.reply(), running))
                .onAnyMessage(this::pass)
                .onSignal(PostStop.class, stopped -> {
                    running.stop().shutdown();
                    next.ifPresent(this::discard);
                    return giveUp();
                })
                .build();
    }

    /// The log has one writer: what the new stream says is written once the old one has ended.
    private Behavior<Command> replace(Reply fresh, Pump.Running running) {
        opening = NONE_UNDER_WAY;
        session.tell(new Tidings.LinkSettled());
        next.ifPresent(this::discard);
        next = fresh instanceof Reply.Streamed streamed ? Optional.of(streamed) : Optional.empty();
        running.stop().shutdown();
        return Behaviors.same();
    }

    private Behavior<Command> ended(Pump.Drained drained) {
        if (!drained.eventId().isEmpty()) {
            lastEventId = drained.eventId();
        }
        if (heard || System.nanoTime() - since > LATEST.toNanos()) {
            failures = 0;
            session.tell(new Tidings.LinkHeard());
        }
        if (next.isPresent()) {
            return listen(next.get());
        }
        giveUp();
        if (moved) {
            moved = false;
            lastEventId = "";
            return connect();
        }
        return later(drained.retryMillis());
    }

    /// Waits as long as the upstream asked for, within reason; longer and longer where nothing comes of it.
    private Behavior<Command> later(long retryMillis) {
        session.tell(new Tidings.LinkSettled());
        timers.startSingleTimer(new Again(), pause(retryMillis));
        failures++;
        return Behaviors.receive(Command.class)
                .onMessage(Again.class, again -> connect())
                .onMessage(Renew.class, renew -> renew(renew.peer()))
                .onMessage(Move.class, move -> renew(move.peer()))
                .onAnyMessage(this::pass)
                .build();
    }

    private Duration pause(long retryMillis) {
        var settings = ports.settings();
        var unit = retryMillis < 0 ? settings.relisten() : settings.soonest();
        var backoff = unit.multipliedBy(1L << Math.min(failures, LONGEST));
        var asked = Duration.ofMillis(Math.clamp(retryMillis, 0, LATEST.toMillis()));
        return asked.compareTo(backoff) < 0 ? backoff : asked;
    }

    private Behavior<Command> none() {
        session.tell(new Tidings.NoLink(ends.leg(), context.getSelf()));
        return Behaviors.stopped();
    }

    /// Another writes the stream now, or the store did not say whether it took what was written last. Either way
    /// this
    /// log does not know any more how far it is; the store does.
    private Behavior<Command> unwritten() {
        giveUp();
        next.ifPresent(this::discard);
        session.tell(new Tidings.LogLost(ends.log()));
        return Behaviors.empty();
    }

    /// The session opens the leg again and links anew, unless there is no point in it.
    private Behavior<Command> lost() {
        session.tell(new Tidings.LinkLost(ends.leg()));
        return Behaviors.empty();
    }

    private void discard(Reply late) {
        if (late instanceof Reply.Streamed(var events, var id)) {
            events.runWith(Sink.cancelled(), context.getSystem());
        }
    }

    private Pump.Passage passage() {
        var questions = new Questions(peer, ends.leg(), ports, this::ask);
        return new Pump.Passage() {
            @Override
            public CompletionStage<List<Message>> carry(Message message) {
                heard = true;
                return switch (message.kind()) {
                    case NOTIFICATION -> questions.pass(message);
                    case REQUEST -> questions.put(message);
                    case RESULT, ERROR -> CompletableFuture.completedFuture(List.of());
                };
            }

            @Override
            public boolean isLast(Message message) {
                return false;
            }

            @Override
            public Leg leg() {
                return ends.leg();
            }
        };
    }

    private CompletionStage<Word> ask(Function<ActorRef<Word>, SessionActor.Outer> question) {
        return AskPattern.ask(
                session,
                question::apply,
                ports.settings().ask(),
                context.getSystem().scheduler());
    }
}
