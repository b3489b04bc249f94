package gatehouse.node;

import gatehouse.config.catalogue.CurrentCatalogue;
import gatehouse.config.cluster.ClusterStart;
import gatehouse.config.gitops.Assembly;
import gatehouse.config.settings.BadConfig;
import gatehouse.config.settings.Settings;
import gatehouse.node.edge.Edge;
import gatehouse.persistence.Storage;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One running node: everything is read, then the store is opened, then the actors start, and the doors open last. It
/// stops in the other order.
public final class Node implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Node.class);
    private static final long STOP_SECONDS = 30;

    private final NodeSettings settings;
    private final Storage storage;
    private final ActorSystem<Void> system;
    private final Edge edge;

    private Node(NodeSettings settings, Storage storage, ActorSystem<Void> system, Edge edge) {
        this.settings = settings;
        this.storage = storage;
        this.system = system;
        this.edge = edge;
    }

    /// Blocks until the node serves.
    ///
    /// @throws BadConfig with everything that is wrong with what it was given
    public static Node start(Settings configured, Path declarations) {
        var settings = NodeSettings.read(configured);
        var catalogue = new CurrentCatalogue(
                switch (Assembly.load(declarations, settings.catalogue())) {
                    case Assembly.Whole(var whole) -> whole;
                    case Assembly.Broken(var problems) ->
                        throw new BadConfig(
                                problems.stream().map(Object::toString).toList());
                },
                Instant.now());
        var secret = NodeSecret.keptIn(settings.own().secret());
        var storage = Storage.open(settings.storage());
        ActorSystem<Void> system = null;
        try {
            system = ActorSystem.create(Behaviors.empty(), "gatehouse", storage.setup(configured.config()));
            await(ClusterStart.join(system, settings.cluster()));
            var guardian = new Guardian(system, settings, catalogue, storage, secret);
            var edge = await(guardian.open(declarations));
            LOG.info("serving at {}", edge.address());
            return new Node(settings, storage, system, edge);
        } catch (RuntimeException failure) {
            if (system != null) {
                system.terminate();
                await(system.getWhenTerminated());
            }
            storage.close();
            throw failure;
        }
    }

    /// Where clients are heard.
    public InetSocketAddress address() {
        return edge.address();
    }

    /// Where operators are heard.
    public InetSocketAddress management() {
        return edge.management();
    }

    public CompletionStage<Done> terminated() {
        return system.getWhenTerminated();
    }

    /// Stops accepting, lets answers under way end, then stops the actors, then closes the store.
    @Override
    public void close() {
        LOG.info("stopping");
        await(edge.stop(settings.own().grace()));
        system.terminate();
        await(system.getWhenTerminated());
        storage.close();
    }

    private static <T> T await(CompletionStage<T> stage) {
        return CompletableFuture.supplyAsync(() -> stage.toCompletableFuture()
                        .orTimeout(STOP_SECONDS, TimeUnit.SECONDS)
                        .join())
                .join();
    }
}
