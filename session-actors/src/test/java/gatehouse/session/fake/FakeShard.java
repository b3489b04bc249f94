package gatehouse.session.fake;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.ShardCoordinator;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingQuery;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingSettings;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.cluster.sharding.typed.testkit.javadsl.TestEntityRef;

/// Brings everything to one actor, whatever entity it is for.
public final class FakeShard extends ClusterSharding {

    private final ActorRef<?> entity;

    public FakeShard(ActorRef<?> entity) {
        this.entity = entity;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <M> EntityRef<M> entityRefFor(EntityTypeKey<M> type, String key) {
        return TestEntityRef.of(type, key, (ActorRef<M>) entity);
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
