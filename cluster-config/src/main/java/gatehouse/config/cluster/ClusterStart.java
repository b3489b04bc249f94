package gatehouse.config.cluster;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.apache.pekko.actor.AddressFromURIString;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.ClusterCommand;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.cluster.typed.JoinSeedNodes;
import org.apache.pekko.cluster.typed.SelfUp;
import org.apache.pekko.cluster.typed.Subscribe;

/// Makes this node a member of its cluster.
public final class ClusterStart {

    private ClusterStart() {}

    /// Joins, and completes when this node is Up; fails if that takes too long. What `Cluster.selfMember` answers
    /// may
    /// follow a moment later.
    public static CompletionStage<Done> join(ActorSystem<?> system, ClusterSettings settings) {
        var up = new CompletableFuture<Done>();
        system.systemActorOf(joining(settings, up), "cluster-start", Props.empty());
        return up.orTimeout(settings.joinWithin().toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Behavior<SelfUp> joining(ClusterSettings settings, CompletableFuture<Done> up) {
        return Behaviors.setup(context -> {
            var cluster = Cluster.get(context.getSystem());
            cluster.subscriptions().tell(new Subscribe<>(context.getSelf(), SelfUp.class));
            cluster.manager().tell(way(cluster, settings));
            return Behaviors.receiveMessage(event -> {
                up.complete(Done.getInstance());
                return Behaviors.stopped();
            });
        });
    }

    /// A node alone joins itself: it would wait for others as one of several seeds.
    private static ClusterCommand way(Cluster cluster, ClusterSettings settings) {
        var self = cluster.selfMember().address();
        if (!settings.shared()) {
            return Join.create(self);
        }
        return new JoinSeedNodes(settings.seeds().stream()
                .map(seed -> AddressFromURIString.parse(self.protocol() + "://" + self.system() + "@" + seed))
                .toList());
    }
}
