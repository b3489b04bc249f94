package gatehouse.session.lifecycle;

import gatehouse.config.catalogue.RouteId;
import gatehouse.config.cluster.Wire;
import java.time.Duration;
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

/// Keeps one [Session]: adds order, time and durability, knows the calls under way, and owns the session's stream.
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

    /// What is asked by way of a route: on any other there is no such session.
    public sealed interface OnRoute extends Asking {
        RouteId route();
    }

    public record Open(Session session, ActorRef<Word> replyTo) implements Asking {}

    /// Just the session, for what needs no place in it.
    public record Look(ActorRef<Word> replyTo) implements Asking {}

    /// A request enters: `request` is the JSON of its id, and `replyTo` hears if the client takes it back.
    public record Enter(String request, ActorRef<Word> replyTo) implements Asking {}

    public record Leave(String request, ActorRef<Word> who) implements Command {}

    public record Cancel(String request, String reason) implements Command {}

    /// The upstream no longer knows this leg: open another one, once, whoever else asks for the same.
    public record Mend(Leg broken, ActorRef<Word> replyTo) implements Asking {}

    public sealed interface OfQuestion extends Asking {}

    public record Ask(String id, Question question, ActorRef<Word> replyTo) implements OfQuestion {}

    public record Answer(String id, ActorRef<Word> replyTo) implements OfQuestion {}

    /// The upstream of that leg takes its question back; it knows it by this JSON.
    public record Withdraw(String upstreamId, String leg, ActorRef<Word> replyTo) implements OfQuestion {}

    public record Note(Change change) implements Command {}

    /// Read the session's own stream, after a number or, where `resumed` is false, from what was never read.
    ///
    /// @param node where it is read
    public record Listen(RouteId route, boolean resumed, long after, String node, ActorRef<Word> replyTo)
            implements OnRoute {}

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
        if (!(command instanceof Expire)) {
            seen.now(session);
        }
        return switch (command) {
            case Look(var replyTo) -> Effect().reply(replyTo, new Word.Known(session));
            case Enter(var request, var call) -> enter(session, request, call);
            case Leave(var request, var who) ->
                calls.leave(request, who)
                        ? become(session, session.settled(request))
                        : Effect().none();
            case Cancel(var request, var reason) -> silently(() -> calls.cancel(request, reason));
            case Mend(var broken, var replyTo) ->
                session.leg().equals(broken)
                        ? silently(() -> mending.begin(session, replyTo))
                        : Effect().reply(replyTo, new Word.Known(session));
            case OfQuestion asked -> inquire(session, asked);
            case Note(var change) ->
                become(session, session.after(change, ports.settings().bounds()))
                        .thenRun(noted -> listening.follow(noted, change));
            case Listen listen -> silently(() -> listening.attach(session, listen));
            case Expect(var replyTo) -> silently(() -> listening.expect(session, () -> replyTo.tell(new Word.Noted())));
            case HangUp(var turn) -> silently(() -> listening.hungUp(turn));
            case End(var route, var replyTo) -> end(session).thenRun(ended -> replyTo.tell(new Word.Noted()));
            case Expire expire -> write(session);
            case Open _, Inner _ -> throw new IllegalStateException("opened twice, or not for clients");
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
            case Mending.Parted parted -> silently(() -> mending.part(session, parted, listening));
            case Listening.Sign sign -> silently(() -> listening.hear(session, sign));
            case Seen.Asked(var there) ->
                there && session.exists() ? write(session) : Effect().none();
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
        if (seen.isRecent() || busy()) {
            return Effect().none();
        }
        return seen.last(false).isAfter(session.seen().plus(ports.settings().passivate()))
                ? write(session).thenRun(written -> rest())
                : silently(this::rest);
    }

    private Effect<Session> enter(Session session, String request, ActorRef<Word> call) {
        if (listening.settling(() -> self.tell(new Enter(request, call)))) {
            return Effect().none();
        }
        return switch (calls.enter(request, call)) {
            case ENTERED -> Effect().reply(call, new Word.Known(session));
            case ALREADY -> Effect().none();
            case TAKEN -> Effect().reply(call, new Word.Repeated());
        };
    }

    private Effect<Session> inquire(Session session, OfQuestion asked) {
        var inquiry = Inquiry.into(
                session, asked, ports.settings().bounds(), ports.clock().instant());
        return session.equals(inquiry.session())
                ? Effect().reply(asked.replyTo(), inquiry.word())
                : Effect()
                        .persist(inquiry.session())
                        .thenRun(after -> asked.replyTo().tell(inquiry.word()));
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

    private boolean over(Session session) {
        return session.over(seen.last(busy()), ports.clock().instant(), ports.settings());
    }

    private EffectBuilder<Session> write(Session session) {
        var used = seen.last(busy());
        return become(session, used.isAfter(session.seen()) ? session.seenAt(used) : session);
    }

    private EffectBuilder<Session> become(Session before, Session after) {
        return after.equals(before) ? Effect().none() : Effect().persist(after);
    }

    private boolean busy() {
        return !calls.isEmpty() || listening.occupied();
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
