package gatehouse.config.cluster;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.ClusterEvent;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Down;
import org.apache.pekko.cluster.typed.Subscribe;

/// Keeps the [Footing] of a member of a cluster: beats, and hears what the others decide about it. A node that was
/// frozen for too long leaves for good, as one that the others put down does.
public final class Pulse {

    private static final Duration BEAT = Duration.ofMillis(100);

    private Pulse() {}

    /// Of a system that has joined.
    public static Footing of(ActorSystem<?> system, ClusterSettings settings) {
        if (!settings.shared()) {
            return Footing.firm();
        }
        var footing = new Footing(patience(system.settings().config()), System::nanoTime);
        system.systemActorOf(listening(footing), "footing", Props.empty());
        var beats = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("footing").factory());
        var _ = system.getWhenTerminated().thenRun(beats::shutdownNow);
        beat(beats, footing, system);
        return footing;
    }

    /// When the others may begin to take for dead who says nothing.
    static Duration patience(Config config) {
        return config.getDuration("pekko.cluster.failure-detector.acceptable-heartbeat-pause")
                .plus(config.getDuration("pekko.cluster.split-brain-resolver.stable-after"));
    }

    /// On a thread of its own, which nothing else keeps busy.
    private static void beat(ScheduledExecutorService beats, Footing footing, ActorSystem<?> system) {
        Runnable beating = () -> {
            if (!footing.beat()) {
                system.log().error("stood still for longer than the others wait: ends, to be started again");
                var cluster = Cluster.get(system);
                cluster.manager().tell(new Down(cluster.selfMember().address()));
                beats.shutdown();
            }
        };
        var _ = beats.scheduleWithFixedDelay(beating, BEAT.toMillis(), BEAT.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Behavior<ClusterEvent.MemberEvent> listening(Footing footing) {
        return Behaviors.setup(context -> {
            var cluster = Cluster.get(context.getSystem());
            var self = cluster.selfMember().uniqueAddress();
            cluster.subscriptions().tell(new Subscribe<>(context.getSelf(), ClusterEvent.MemberEvent.class));
            return Behaviors.receiveMessage(event -> {
                var over = event instanceof ClusterEvent.MemberDowned || event instanceof ClusterEvent.MemberRemoved;
                if (over && event.member().uniqueAddress().equals(self)) {
                    footing.lose();
                }
                return Behaviors.same();
            });
        });
    }
}
