package gatehouse.session.lifecycle;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/// Wakes sessions whose time is over, so that they end themselves and leave nothing behind, a few at a time; and sends
/// to rest those that are awake for nothing.
public final class Sweeper {

    sealed interface Command {}

    private record Look() implements Command {}

    private record Found(List<SessionKey> expired) implements Command {}

    private record Tick() implements Command {}

    private static final int SLICE = 200;
    private static final int TICKS = 4; // while a session is unused: it leaves memory a quarter late at most

    private Sweeper() {}

    /// Looks for itself; one is enough at each node.
    ///
    /// @param leads whether it is this node, of all, that looks for expired sessions
    @SuppressWarnings("unchecked")
    public static Behavior<Void> create(
            SessionDoor door, SessionPorts sessions, Duration every, BooleanSupplier leads) {
        return (Behavior<Void>) (Behavior<?>) Behaviors.supervise(Behaviors.<Command>setup(context ->
                        Behaviors.withTimers(timers -> {
                            timers.startTimerWithFixedDelay(new Look(), every);
                            timers.startTimerWithFixedDelay(
                                    new Tick(), sessions.settings().passivate().dividedBy(TICKS));
                            return Behaviors.receiveMessage(command -> {
                                switch (command) {
                                    case Look look -> {
                                        if (leads.getAsBoolean()) {
                                            look(context, sessions);
                                        }
                                    }
                                    case Tick tick -> sessions.awake().tick();
                                    case Found(var expired) ->
                                        expired.forEach(key -> door.byShard(key, new SessionActor.Expire()));
                                }
                                return Behaviors.same();
                            });
                        })))
                .onFailure(SupervisorStrategy.resume());
    }

    /// A store that is out of reach is asked again at the next look.
    private static void look(ActorContext<Command> context, SessionPorts sessions) {
        var before = sessions.clock().instant().minus(sessions.settings().idle());
        context.pipeToSelf(
                sessions.directory().expired(before, SLICE),
                (expired, failure) -> new Found(failure == null ? expired : List.of()));
    }
}
