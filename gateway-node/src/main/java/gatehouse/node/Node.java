package gatehouse.node;

import gatehouse.config.catalogue.CurrentCatalogue;
import gatehouse.config.catalogue.RouteId;
import gatehouse.config.cluster.ClusterStart;
import gatehouse.config.gitops.Assembly;
import gatehouse.config.settings.BadConfig;
import gatehouse.config.settings.Settings;
import gatehouse.node.edge.Edge;
import gatehouse.node.edge.Vacancy;
import gatehouse.persistence.Storage;
import gatehouse.session.lifecycle.Streams;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One running node: everything is read, then the store is opened, then the actors start, and the doors open last. It
/// stops in the other order.
public final class Node implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Node.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LAST_WORDS = Duration.ofSeconds(1); // for streams to end after the grace

    private final NodeSettings settings;
    private final Storage storage;
    private final ActorSystem<Void> system;
    private final Edge edge;
    private final CurrentCatalogue catalogue;
    private final Streams streams;
    private volatile boolean stopping;

    private Node(NodeSettings settings, Storage storage, ActorSystem<Void> system, Edge edge, Guardian guardian) {
        this.catalogue = guardian.catalogue();
        this.streams = guardian.streams();
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
        var footprint = Footprint.of(settings).warning(Runtime.getRuntime().maxMemory());
        if (!footprint.isEmpty()) {
            LOG.warn("{}", footprint);
        }
        Vacancy.check(List.of(settings.edge().bind(), settings.own().management()));
        var file = settings.own().secret();
        var secret = settings.cluster().shared() ? NodeSecret.sharedIn(file) : NodeSecret.keptIn(file);
        var storage = Storage.open(settings.storage());
        ActorSystem<Void> system = null;
        try {
            if (settings.cluster().shared()) {
                secret.mustBeThatOf(storage, file);
            }
            var config = settings.cluster().transport().withFallback(configured.config());
            system = ActorSystem.create(Behaviors.empty(), "gatehouse", storage.setup(config));
            await(ClusterStart.join(system, settings.cluster()));
            var guardian = new Guardian(system, settings, catalogue, storage, secret);
            var edge = await(guardian.open(declarations));
            LOG.info("serving at {}", edge.address());
            return new Node(settings, storage, system, edge, guardian);
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

    /// The routes that are declared now, by name.
    public List<String> routes() {
        return catalogue.now().routes().keySet().stream()
                .map(RouteId::value)
                .sorted()
                .toList();
    }

    public CompletionStage<Done> terminated() {
        return system.getWhenTerminated();
    }

    /// What is done when the process is told to end. What carries messages between nodes has a hook of its own,
    /// which waits
    /// for this one: without it a node falls silent at the first signal, and its others take it for dead.
    void whenToldToEnd(Runnable stop) {
        CoordinatedShutdown.get(system).addJvmShutdownHook(stop);
    }

    /// Whether it was told to stop. Otherwise it ended because it may not go on: the others took it for dead.
    boolean toldToStop() {
        return stopping;
    }

    /// Gives notice, stops accepting, lets answers under way end, then leaves the cluster, which hands its sessions
    /// to
    /// others, then closes the store.
    ///
    /// Streams end in good order: those that only listen at once, those of calls when the grace is over.
    @Override
    public void close() {
        if (system.getWhenTerminated().toCompletableFuture().isDone()) {
            storage.close();
            return;
        }
        stopping = true;
        LOG.info("stopping");
        edge.giveNotice();
        await(
                new CompletableFuture<Void>()
                        .completeOnTimeout(null, settings.own().notice().toMillis(), TimeUnit.MILLISECONDS),
                settings.own().notice().plus(PATIENCE));
        var grace = settings.own().grace();
        var stopped = edge.stop(grace.plus(LAST_WORDS));
        streams.sendListenersAway();
        system.scheduler().scheduleOnce(grace, streams::sendCallersAway, system.executionContext());
        await(stopped, grace.plus(PATIENCE));
        system.terminate();
        await(system.getWhenTerminated());
        storage.close();
    }

    private static <T> T await(CompletionStage<T> stage) {
        return await(stage, PATIENCE);
    }

    private static <T> T await(CompletionStage<T> stage, Duration patience) {
        return CompletableFuture.supplyAsync(() -> stage.toCompletableFuture()
                        .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                        .join())
                .join();
    }
}
