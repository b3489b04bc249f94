package gatehouse.config.cluster;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.cluster.typed.SelfUp;
import org.apache.pekko.cluster.typed.Subscribe;

/// Makes this node a member of its cluster: for now a cluster of its own.
public final class ClusterStart {

    private ClusterStart() {}

    /// Joins, and completes when this node is Up; fails if that takes too long. What `Cluster.selfMember` answers
    /// may
    /// follow a moment later.
    public static CompletionStage<Done> join(ActorSystem<?> system, ClusterSettings settings) {
        var up = new CompletableFuture<Done>();
        system.systemActorOf(joining(up), "cluster-start", Props.empty());
        return up.orTimeout(settings.joinWithin().toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Behavior<SelfUp> joining(CompletableFuture<Done> up) {
        return Behaviors.setup(context -> {
            var cluster = Cluster.get(context.getSystem());
            cluster.subscriptions().tell(new Subscribe<>(context.getSelf(), SelfUp.class));
            cluster.manager().tell(Join.create(cluster.selfMember().address()));
            return Behaviors.receiveMessage(event -> {
                up.complete(Done.getInstance());
                return Behaviors.stopped();
            });
        });
    }
}
