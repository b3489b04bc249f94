package gatehouse.session.lifecycle;

import gatehouse.config.catalogue.RouteId;
import gatehouse.config.cluster.Wire;
import java.time.Duration;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.BackoffSupervisorStrategy;
import org.apache.pekko.actor.typed.Behavior;
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

    public static final EntityTypeKey<Outer> TYPE = EntityTypeKey.create(Outer.class, "session");

    /// Whatever a session hears.
    public sealed interface Command permits Outer, Inner {}

    /// What it hears from others, who may be on another node.
    public sealed interface Outer extends Command, Wire {
        default void refuse() {}

        /// What to say where this node may not speak for the session any more.
        default void putOff() {}
    }

    /// What somebody waits for an answer to.
    public sealed interface Asking extends Outer {
        ActorRef<Word> replyTo();

        @Override
        default void refuse() {
            replyTo().tell(new Word.Unknown());
        }

        @Override
        default void putOff() {
            replyTo().tell(new Word.Unavailable("session"));
        }
    }

    /// What is asked by way of a route: on any other there is no such session.
    public sealed interface OnRoute extends Asking {
        RouteId route();
    }

    /// What is asked in a session that is there, and shows that it is in use.
    public sealed interface Use extends Outer {}

    public record Open(Session session, ActorRef<Word> replyTo) implements Asking {}

    /// Just the session, for what needs no place in it.
    public record Look(ActorRef<Word> replyTo) implements Asking, Use {}

    /// A request enters: `request` is the JSON of its id, and `replyTo` hears if the client takes it back.
    public record Enter(String request, ActorRef<Word> replyTo) implements Asking, Use {}

    /// A slow call is still there. It is not answered, unless the client took the request back: it comes again.
    public record Stay(String request, ActorRef<Word> replyTo) implements Asking, Use {}

    public record Leave(String request, ActorRef<Word> who) implements Use {}

    public record Cancel(String request, String reason, ActorRef<Word> replyTo) implements Asking, Use {}

    /// The upstream no longer knows this leg: open another one, once, whoever else asks for the same.
    public record Mend(Leg broken, ActorRef<Word> replyTo) implements Asking, Use {}

    public sealed interface OfQuestion extends Asking, Use {}

    public record Ask(String id, Question question, ActorRef<Word> replyTo) implements OfQuestion {}

    /// Somebody brings an answer; `claim` is a name for that, which nobody else has.
    public record Answer(String id, String claim, ActorRef<Word> replyTo) implements OfQuestion {}

    /// Whoever had the claim is done.
    ///
    /// @param taken whether the upstream has the answer, or may have it; otherwise another may bring one
    public record Close(String id, String claim, boolean taken, ActorRef<Word> replyTo) implements OfQuestion {}

    /// The upstream of that leg takes its question back; it knows it by this JSON.
    public record Withdraw(String upstreamId, String leg, ActorRef<Word> replyTo) implements OfQuestion {}

    public record Note(Change change, ActorRef<Word> replyTo) implements Asking, Use {}

    /// Read the session's own stream, after a number or, where `resumed` is false, from what was never read.
    public record Listen(RouteId route, boolean resumed, long after, Reader reader, ActorRef<Word> replyTo)
            implements OnRoute, Use {}

    /// The client is ready and may listen soon: what the upstream says from here on must not be missed.
    public record Expect(ActorRef<Word> replyTo) implements Asking, Use {}

    public record HangUp(Reader reader, ActorRef<Word> replyTo) implements Asking, Use {}

    /// The client ends it.
    ///
    /// @param again whether it may have been ended by this already: then it is no wonder that there is none
    public record End(RouteId route, boolean again, ActorRef<Word> replyTo) implements OnRoute {
        @Override
        public void refuse() {
            replyTo.tell(again ? new Word.Noted() : new Word.Unknown());
        }
    }

    /// Ends the session if its time is over, or else writes that it is in use: then the sweeper finds others.
    public record Expire() implements Outer {}

    /// From the shard, which is on the same node: time to go.
    record Stop() implements Outer {}

    /// To oneself only: it may hold what lives on this node.
    sealed interface Inner extends Command permits Idle, Tidings, Mending.Sign, Seen.Asked {}

    record Idle() implements Inner {}

    /// A session whose write failed comes back with what is stored.
    private static final BackoffSupervisorStrategy ON_STORE_FAILURE =
            SupervisorStrategy.restartWithBackoff(Duration.ofMillis(200), Duration.ofSeconds(5), 0.2);

    private final ActorRef<Command> self;
    private final EntityContext<Outer> entity;
    private final SessionKey key;
    private final SessionPorts ports;
    private final Belongings own;
    private final Serving serving;

    public static Entity<Outer, ShardingEnvelope<Outer>> init(SessionPorts ports) {
        return Entity.of(TYPE, entity -> create(entity, ports).narrow()).withStopMessage(new Stop());
    }

    private static Behavior<Command> create(EntityContext<Outer> entity, SessionPorts ports) {
        return Behaviors.setup(context -> new SessionActor(context, entity, ports));
    }

    private SessionActor(ActorContext<Command> context, EntityContext<Outer> entity, SessionPorts ports) {
        super(PersistenceId.of("session", entity.getEntityId()), ON_STORE_FAILURE);
        this.self = context.getSelf();
        this.entity = entity;
        this.ports = ports;
        this.key = new SessionKey(entity.getEntityId());
        this.own = Belongings.of(context, key, ports);
        this.serving = new Serving(Effect(), own, self);
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
                    own.listening().stop();
                })
                .build();
    }

    @Override
    public CommandHandler<Command, Session> commandHandler() {
        return (session, command) -> switch (command) {
            case Stop stop -> Effect().stop();
            case Outer outer when !ports.footing().holds() -> silently(outer::putOff);
            case Inner inner ->
                ports.footing().holds() ? inward(session, inner) : Effect().none();
            case Open open -> open(session, open);
            case Outer outer when !session.exists() -> absent(outer);
            case Outer outer when own.over(session) -> end(session).thenRun(ended -> outer.refuse());
            case OnRoute asked
            when !asked.route().equals(session.route()) -> Effect().reply(asked.replyTo(), new Word.Unknown());
            case End(var route, var again, var replyTo) ->
                end(session).thenRun(ended -> replyTo.tell(new Word.Noted()));
            case Expire expire -> write(session);
            case Use use -> serving.serve(session, use);
        };
    }

    /// Nobody but who made its key knows it, so what is open already was opened by the same who asks again.
    private Effect<Session> open(Session session, Open open) {
        if (!session.exists()) {
            return Effect()
                    .persist(open.session())
                    .thenRun(opened -> open.replyTo().tell(new Word.Known(opened)));
        }
        return Effect()
                .reply(
                        open.replyTo(),
                        session.stream().equals(open.session().stream())
                                ? new Word.Known(session)
                                : new Word.Unavailable("session"));
    }

    private Effect<Session> inward(Session session, Inner inner) {
        return switch (inner) {
            case Idle idle -> idle(session);
            case Mending.Mended(var leg) ->
                Effect().persist(session.onLeg(leg)).thenRun(mended -> {
                    own.mending().done(new Word.Moved(mended));
                    own.listening().relink(mended);
                });
            case Mending.Unmendable(var why) -> silently(() -> own.mending().done(new Word.Unavailable(why)));
            case Mending.Parted parted -> silently(() -> own.mending().part(session, parted, own.listening()));
            case Tidings tidings -> silently(() -> own.listening().hear(session, tidings));
            case Seen.Asked(var there) ->
                there && session.exists() ? write(session) : Effect().none();
        };
    }

    /// An id that leads nowhere must not keep an actor awake, nor a row.
    private Effect<Session> absent(Outer command) {
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
        if (own.over(session)) {
            return end(session);
        }
        var rest = own.withoutLapsed(session);
        if (!rest.equals(session)) {
            return Effect().persist(rest);
        }
        if (own.seen().isRecent() || own.busy()) {
            return Effect().none();
        }
        return own.seen()
                        .last(false)
                        .isAfter(session.seen().plus(ports.settings().passivate()))
                ? write(session).thenRun(written -> rest())
                : silently(this::rest);
    }

    private EffectBuilder<Session> end(Session session) {
        own.end(session);
        return Effect().persist(Session.ABSENT).thenRun(ended -> {
            ports.directory().forget(key);
            rest();
        });
    }

    private EffectBuilder<Session> write(Session session) {
        var used = own.used(session);
        return used.equals(session) ? Effect().none() : Effect().persist(used);
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
