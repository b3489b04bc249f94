package gatehouse.session.lifecycle;

import gatehouse.config.catalogue.RouteId;
import gatehouse.config.cluster.Wire;
import java.time.Duration;
import java.time.Instant;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.BackoffSupervisorStrategy;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityContext;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.state.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.state.javadsl.DurableStateBehavior;
import org.apache.pekko.persistence.typed.state.javadsl.Effect;
import org.apache.pekko.persistence.typed.state.javadsl.EffectBuilder;
import org.apache.pekko.persistence.typed.state.javadsl.SignalHandler;

/// Keeps one [Session]: it adds order, time and durability, knows the calls under way, and owns the session's own
/// stream.
///
/// A call costs it one message and no write. It writes when something really changes: opened, a new leg, a question, a
/// subscription, a level, and now and then that it is still in use.
public final class SessionActor extends DurableStateBehavior<SessionActor.Command, Session> {

    public static final EntityTypeKey<Command> TYPE = EntityTypeKey.create(Command.class, "session");

    public sealed interface Command extends Wire {
        default void refuse() {}
    }

    /// What somebody waits for an answer to.
    public sealed interface Asking extends Command {
        ActorRef<Word> replyTo();

        @Override
        default void refuse() {
            replyTo().tell(new Word.Unknown());
        }
    }

    public sealed interface OnRoute extends Asking {
        RouteId route();
    }

    public record Open(Session session, ActorRef<Word> replyTo) implements Asking {}

    public record Look(ActorRef<Word> replyTo) implements Asking {}

    /// A request enters: `request` is the JSON of its id, and `replyTo` hears if the client takes it back.
    public record Enter(String request, ActorRef<Word> replyTo) implements Asking {}

    public record Leave(String request, ActorRef<Word> who) implements Command {}

    public record Cancel(String request, String reason) implements Command {}

    /// The upstream no longer knows this leg: open another one, once, whoever else asks for the same.
    public record Mend(Leg broken, ActorRef<Word> replyTo) implements Asking {}

    public record Ask(String id, Question question, ActorRef<Word> replyTo) implements Asking {}

    public record Answer(String id, ActorRef<Word> replyTo) implements Asking {}

    public record Note(Change change) implements Command {}

    /// Read the session's own stream, after a number or, where `resumed` is false, from what was never read.
    public record Listen(RouteId route, boolean resumed, long after, ActorRef<Word> replyTo) implements OnRoute {}

    /// The client is ready and may listen soon: what the upstream says from here on must not be missed.
    public record Expect(ActorRef<Word> replyTo) implements Asking {}

    public record HangUp(long turn) implements Command {}

    public record End(RouteId route, ActorRef<Word> replyTo) implements OnRoute {}

    /// Ends the session if its time is over, or else writes that it is in use: then the sweeper finds others.
    public record Expire() implements Command {}

    /// To oneself only; nothing of it crosses nodes.
    sealed interface Inner extends Command permits Idle, Stop, Listening.Sign, Mending.Sign, Seen.Asked {}

    record Idle() implements Inner {}

    record Stop() implements Inner {}

    /// A session whose write failed comes back with what is stored.
    private static final BackoffSupervisorStrategy ON_STORE_FAILURE =
            SupervisorStrategy.restartWithBackoff(Duration.ofMillis(200), Duration.ofSeconds(5), 0.2);

    private final ActorRef<Command> self;
    private final EntityContext<Command> entity;
    private final SessionKey key;
    private final SessionPorts ports;
    private final Roll calls = new Roll();
    private final Listening listening;
    private final Mending mending;
    private final Seen seen;
    private final Instant woken;
    private Instant active = Instant.EPOCH;

    public static Entity<Command, ShardingEnvelope<Command>> init(SessionPorts ports) {
        return Entity.of(TYPE, entity -> Behaviors.setup(context -> new SessionActor(context, entity, ports)))
                .withStopMessage(new Stop());
    }

    private SessionActor(ActorContext<Command> context, EntityContext<Command> entity, SessionPorts ports) {
        super(PersistenceId.of("session", entity.getEntityId()), ON_STORE_FAILURE);
        this.self = context.getSelf();
        this.entity = entity;
        this.ports = ports;
        this.key = new SessionKey(entity.getEntityId());
        this.listening = new Listening(context, key, ports);
        this.mending = new Mending(context, ports);
        this.seen = new Seen(context, key, ports);
        this.woken = ports.clock().instant();
        ports.awake().add(key, self);
    }

    /// The owner's part of the key, by which a principal's sessions are counted.
    @Override
    public String tag() {
        return key.owner();
    }

    @Override
    public Session emptyState() {
        return Session.ABSENT;
    }

    @Override
    public SignalHandler<Session> signalHandler() {
        return newSignalHandlerBuilder()
                .onSignal(PostStop.instance(), session -> {
                    ports.awake().remove(key, self);
                    listening.stop();
                })
                .build();
    }

    @Override
    public CommandHandler<Command, Session> commandHandler() {
        return (session, command) -> {
            if (command instanceof Inner inner) {
                return inward(session, inner);
            }
            if (command instanceof Open(var fresh, var replyTo)) {
                return Effect().persist(fresh).thenRun(opened -> replyTo.tell(new Word.Known(opened)));
            }
            if (!session.exists()) {
                return absent(command);
            }
            return over(session) ? end(session).thenRun(ended -> command.refuse()) : serve(session, command);
        };
    }

    private Effect<Session> serve(Session session, Command command) {
        if (command instanceof OnRoute asked && !asked.route().equals(session.route())) {
            return Effect().reply(asked.replyTo(), new Word.Unknown());
        }
        active = command instanceof Expire ? active : ports.clock().instant();
        return switch (command) {
            case Look(var replyTo) -> used(session, replyTo, new Word.Known(session));
            case Enter(var request, var call) -> enter(session, request, call);
            case Leave(var request, var who) -> silently(() -> calls.leave(request, who));
            case Cancel(var request, var reason) -> silently(() -> calls.cancel(request, reason));
            case Mend(var broken, var replyTo) ->
                session.leg().equals(broken)
                        ? silently(() -> mending.begin(session, replyTo))
                        : Effect().reply(replyTo, new Word.Known(session));
            case Ask(var id, var question, var replyTo) -> ask(session, id, question, replyTo);
            case Answer(var id, var replyTo) -> answer(session, id, replyTo);
            case Note(var change) ->
                Effect().persist(session.after(change, ports.settings().subscriptions()));
            case Listen listen -> silently(() -> listening.attach(session, listen));
            case Expect(var replyTo) -> expect(session, replyTo);
            case HangUp(var turn) -> silently(() -> listening.hungUp(turn));
            case End(var route, var replyTo) -> end(session).thenRun(ended -> replyTo.tell(new Word.Noted()));
            case Expire expire -> Effect().persist(session.seenAt(ports.clock().instant()));
            case Open open -> throw new IllegalStateException("opened twice");
            case Inner inner -> throw new IllegalStateException("not for clients");
        };
    }

    private Effect<Session> inward(Session session, Inner inner) {
        return switch (inner) {
            case Stop stop -> Effect().stop();
            case Idle idle -> idle(session);
            case Mending.Mended(var leg) ->
                Effect().persist(session.onLeg(leg)).thenRun(mended -> {
                    mending.done(new Word.Known(mended));
                    listening.relink(mended);
                });
            case Mending.Unmendable(var why) -> silently(() -> mending.done(new Word.Unavailable(why)));
            case Listening.Sign sign -> silently(() -> listening.hear(session, sign));
            case Seen.Asked(var there) ->
                there && session.exists()
                        ? Effect().persist(session.seenAt(active))
                        : Effect().none();
        };
    }

    /// An id that leads nowhere must not keep an actor awake, nor a row.
    private Effect<Session> absent(Command command) {
        command.refuse();
        if (command instanceof Expire) {
            ports.directory().forget(key);
        }
        return silently(this::rest);
    }

    private Effect<Session> idle(Session session) {
        if (!session.exists()) {
            return silently(this::rest);
        }
        if (over(session)) {
            return end(session);
        }
        var since = ports.clock().instant().minus(ports.settings().passivate());
        if (woken.isAfter(since) || active.isAfter(since) || !calls.isEmpty() || listening.occupied()) {
            return Effect().none();
        }
        return active.isAfter(session.seen().plus(ports.settings().passivate()))
                ? Effect().persist(session.seenAt(active)).thenRun(written -> rest())
                : silently(this::rest);
    }

    private Effect<Session> enter(Session session, String request, ActorRef<Word> call) {
        if (listening.settling(() -> self.tell(new Enter(request, call)))) {
            return Effect().none();
        }
        return switch (calls.enter(request, call)) {
            case ENTERED -> used(session, call, new Word.Known(session));
            case ALREADY -> Effect().none();
            case TAKEN -> Effect().reply(call, new Word.Repeated());
        };
    }

    private Effect<Session> ask(Session session, String id, Question question, ActorRef<Word> replyTo) {
        var open = session.forgettingBefore(ports.clock().instant());
        return open.questions().size() < ports.settings().questions()
                ? Effect().persist(open.asking(id, question)).thenRun(asked -> replyTo.tell(new Word.Asked(id)))
                : Effect().reply(replyTo, new Word.Overasked());
    }

    private Effect<Session> answer(Session session, String id, ActorRef<Word> replyTo) {
        var question = session.questions().get(id);
        if (question == null || ports.clock().instant().isAfter(question.deadline())) {
            return Effect().reply(replyTo, new Word.Noted());
        }
        return Effect()
                .persist(session.answered(id))
                .thenRun(answered -> replyTo.tell(new Word.Answering(answered, question)));
    }

    private Effect<Session> expect(Session session, ActorRef<Word> replyTo) {
        listening.expect(session);
        return listening.settling(() -> replyTo.tell(new Word.Noted()))
                ? Effect().none()
                : Effect().reply(replyTo, new Word.Noted());
    }

    /// Ends everything that hangs on the session, here and at the upstream.
    private EffectBuilder<Session> end(Session session) {
        calls.cancelAll();
        listening.stop();
        mending.farewell(session);
        ports.outbox().apply(session.route()).drop(key);
        return Effect().persist(Session.ABSENT).thenRun(ended -> {
            ports.directory().forget(key);
            rest();
        });
    }

    private Effect<Session> used(Session session, ActorRef<Word> replyTo, Word word) {
        replyTo.tell(word);
        return silently(() -> seen.at(session, active));
    }

    private boolean over(Session session) {
        var now = ports.clock().instant();
        var busy = !calls.isEmpty() || listening.occupied();
        return session.over(busy ? now : active, now, ports.settings());
    }

    private void rest() {
        ports.awake().remove(key, self);
        entity.getShard().tell(new ClusterSharding.Passivate<>(self));
    }

    private Effect<Session> silently(Runnable act) {
        act.run();
        return Effect().none();
    }
}
