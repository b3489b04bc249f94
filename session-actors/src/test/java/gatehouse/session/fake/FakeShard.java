package gatehouse.session.fake;

import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.ShardCoordinator;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingQuery;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingSettings;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.cluster.sharding.typed.testkit.javadsl.TestEntityRef;

/// Entities without a cluster: each is an actor that is found by its key.
public final class FakeShard extends ClusterSharding {

    private final Function<String, ActorRef<?>> entities;

    /// Brings everything to one actor, whatever entity it is for.
    public FakeShard(ActorRef<?> entity) {
        this(key -> entity);
    }

    public FakeShard(Function<String, ActorRef<?>> entities) {
        this.entities = entities;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <M> EntityRef<M> entityRefFor(EntityTypeKey<M> type, String key) {
        return TestEntityRef.of(type, key, (ActorRef<M>) entities.apply(key));
    }

    @Override
    public <M> EntityRef<M> entityRefFor(EntityTypeKey<M> type, String key, String dataCentre) {
        return entityRefFor(type, key);
    }

    @Override
    public <M, E> ActorRef<E> init(Entity<M, E> begun) {
        throw new IllegalStateException("nothing is begun here");
    }

    @Override
    public ActorRef<ClusterShardingQuery> shardState() {
        throw new IllegalStateException("nobody asks");
    }

    @Override
    public ShardCoordinator.ShardAllocationStrategy defaultShardAllocationStrategy(ClusterShardingSettings settings) {
        throw new IllegalStateException("nothing is allocated");
    }
}
