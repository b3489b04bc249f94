package gatehouse.session.lifecycle;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;

/// Wakes sessions whose time is over, so that they end themselves and leave nothing behind. A few at a time.
public final class Sweeper {

    sealed interface Command {}

    private record Look() implements Command {}

    private record Found(List<SessionKey> expired) implements Command {}

    private static final int SLICE = 200;

    private Sweeper() {}

    @SuppressWarnings("unchecked")
    public static Behavior<Void> create(
            ClusterSharding sharding,
            SessionDirectory directory,
            SessionSettings settings,
            Duration every,
            Clock clock) {
        return (Behavior<Void>) (Behavior<?>) Behaviors.supervise(Behaviors.<Command>setup(context ->
                        Behaviors.withTimers(timers -> {
                            timers.startTimerWithFixedDelay(new Look(), every);
                            return Behaviors.receiveMessage(command -> {
                                switch (command) {
                                    case Look look -> look(context, directory, settings, clock);
                                    case Found(var expired) ->
                                        expired.forEach(key -> sharding.entityRefFor(SessionActor.TYPE, key.value())
                                                .tell(new SessionActor.Expire()));
                                }
                                return Behaviors.same();
                            });
                        })))
                .onFailure(SupervisorStrategy.resume());
    }

    /// A store that is out of reach is asked again at the next look.
    private static void look(
            ActorContext<Command> context, SessionDirectory directory, SessionSettings settings, Clock clock) {
        var before = clock.instant().minus(settings.idle());
        context.pipeToSelf(
                directory.expired(before, SLICE),
                (expired, failure) -> new Found(failure == null ? expired : List.of()));
    }
}
