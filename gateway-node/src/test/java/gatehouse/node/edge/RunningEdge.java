package gatehouse.node.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import gatehouse.config.settings.ConfigReader;
import gatehouse.node.edge.wire.Answering;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/// An edge on a free port with a handful of paths, each of which does one thing.
final class RunningEdge implements AutoCloseable {

    private final ActorSystem<Void> system;
    private final EdgeServer edge;

    final AtomicInteger streams = new AtomicInteger(); // running `/stream` responses
    final CompletableFuture<HttpResponse> later = new CompletableFuture<>(); // the response of `/later`
    final CompletableFuture<Done> asked = new CompletableFuture<>(); // `/later` was asked for
    final CompletableFuture<Done> gone = new CompletableFuture<>(); // who asked for `/later` has gone

    RunningEdge(String overrides) {
        var config = ConfigFactory.parseString(
                        "gateway.edge.port = 0, pekko.loglevel = WARNING, pekko.fail-mixed-versions = off")
                .withFallback(ConfigFactory.load());
        system = ActorSystem.create(Behaviors.empty(), "edge", config);
        var at = ConfigReader.of(ConfigFactory.parseString(overrides)
                .atPath("gateway.edge")
                .withFallback(config)
                .resolve());
        var settings = EdgeSettings.read(at.at("gateway.edge"));
        assertThat(at.problems()).isEmpty();
        edge = EdgeServer.bind(system, settings, this::answer, status -> {})
                .toCompletableFuture()
                .join();
    }

    RawClient connect() throws IOException {
        return new RawClient(edge.address());
    }

    EdgeServer edge() {
        return edge;
    }

    /// Waits until so many connections are open; the count must come to rest there by itself.
    void awaitOpen(int count) {
        await(() -> edge.openConnections() == count, "open connections to be " + count);
    }

    static void await(BooleanSupplier holds, String what) {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waiting for " + what).isLessThan(end);
            LockSupport.parkNanos(2_000_000);
        }
    }

    private CompletionStage<HttpResponse> answer(HttpRequest request) {
        return switch (request.getUri().path()) {
            case "/echo" ->
                request.entity()
                        .toStrict(30_000, system)
                        .thenApply(body ->
                                HttpResponse.create().withEntity(ContentTypes.APPLICATION_JSON, body.getData()));
            case "/stream" -> CompletableFuture.completedFuture(streaming());
            case "/flood" ->
                CompletableFuture.completedFuture(HttpResponse.create()
                        .withEntity(HttpEntities.createChunked(
                                ContentTypes.APPLICATION_OCTET_STREAM,
                                Source.repeat(ByteString.fromArray(new byte[8192])))));
            case "/later" -> {
                asked.complete(Done.getInstance());
                request.getAttribute(Answering.DEPARTURE).orElseThrow().gone().thenAccept(gone::complete);
                yield later;
            }
            case "/broken" -> throw new IllegalStateException("broken on purpose");
            default -> CompletableFuture.completedFuture(HttpResponse.create().withEntity("ok"));
        };
    }

    private HttpResponse streaming() {
        var events = Source.single(ByteString.fromString("first\n"))
                .concat(Source.maybe())
                .keepAlive(Duration.ofMillis(200), () -> ByteString.fromString(":\n"))
                .watchTermination((none, done) -> {
                    streams.incrementAndGet();
                    return done.whenComplete((any, failure) -> streams.decrementAndGet());
                });
        return HttpResponse.create().withEntity(HttpEntities.createChunked(ContentTypes.TEXT_PLAIN_UTF8, events));
    }

    @Override
    public void close() {
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().join();
    }
}
