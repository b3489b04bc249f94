package gatehouse.node.edge;

import gatehouse.node.edge.wire.Connection.Signal;
import gatehouse.node.edge.wire.Connections;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.apache.pekko.Done;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Tcp.ServerBinding;

/// The bound socket of a node's HTTP edge, and all connections to it.
///
/// Per connection, from the socket up: bytes are [watched][gatehouse.node.edge.wire.FrameWatch], become HTTP
/// ([HttpLayer]) and
/// are [asked about][gatehouse.node.edge.wire.Answering]. All of it runs fused, as one actor.
public final class EdgeServer {

    private static final Duration TICK = Duration.ofMillis(250); // how exactly deadlines are kept

    private final ActorSystem<?> system;
    private final Connections connections;
    private final ServerBinding binding;
    private final Cancellable tick;
    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.SERVING);
    private final CompletableFuture<Done> ended = new CompletableFuture<>();

    private enum Stage {
        SERVING,
        DRAINING,
        CUTTING
    }

    private EdgeServer(ActorSystem<?> system, Connections connections, ServerBinding binding) {
        this.system = system;
        this.connections = connections;
        this.binding = binding;
        this.tick = system.classicSystem()
                .scheduler()
                .scheduleWithFixedDelay(TICK, TICK, this::tick, system.executionContext());
    }

    /// Fails if the address cannot be had or the TLS files cannot be used.
    ///
    /// A request carries its client's address and [gatehouse.node.edge.wire.Answering#DEPARTURE] as attributes.
    ///
    /// @param refused hears the status of each refusal that is said below HTTP, where no handler is asked
    public static CompletionStage<EdgeServer> bind(
            ActorSystem<?> system,
            EdgeSettings settings,
            Function<HttpRequest, CompletionStage<HttpResponse>> handler,
            IntConsumer refused) {
        var crowd = settings.crowd();
        var connections = new Connections(crowd.connections(), crowd.perAddress(), refused);
        var door = new Door(system, settings, connections, handler);
        return ListeningSocket.open(system, settings)
                .to(Sink.foreach(door::open))
                .run(system)
                .thenApply(binding -> new EdgeServer(system, connections, binding));
    }

    public InetSocketAddress address() {
        return binding.localAddress();
    }

    public int openConnections() {
        return connections.open();
    }

    /// Hears no new connection, ends those without a request at once, the others after their response or the grace.
    public CompletionStage<Done> stop(Duration grace) {
        if (stage.compareAndSet(Stage.SERVING, Stage.DRAINING)) {
            system.scheduler().scheduleOnce(grace, () -> stage.set(Stage.CUTTING), system.executionContext());
        }
        return binding.unbind().thenCombine(ended, (unbound, empty) -> empty);
    }

    /// Says it again each time: a connection may have been let in just before.
    private void tick() {
        switch (stage.get()) {
            case SERVING -> connections.sweep();
            case DRAINING -> {
                connections.sweep();
                connections.tellAll(Signal.DRAIN);
            }
            case CUTTING -> connections.tellAll(Signal.CUT);
        }
        if (stage.get() != Stage.SERVING && connections.open() == 0) {
            tick.cancel();
            ended.complete(Done.getInstance());
        }
    }
}
