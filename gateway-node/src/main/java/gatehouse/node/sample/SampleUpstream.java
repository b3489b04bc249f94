package gatehouse.node.sample;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.japi.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An MCP server of both eras on a free port of loopback, to try a gateway with.
///
/// The body of a request says which era it belongs to: one that brings its envelope along is answered by itself
/// ([ModernEra]), any other within a session ([LegacyEra]). What it offers is the same in both ([Offers]).
public final class SampleUpstream implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SampleUpstream.class);
    private static final long MOST_BYTES = 1 << 20;
    private static final long MOST_MILLIS = 5_000;
    private static final long STOP_SECONDS = 10;

    private final ActorSystem<Void> system;
    private final ServerBinding binding;

    private SampleUpstream(ActorSystem<Void> system, ServerBinding binding) {
        this.system = system;
        this.binding = binding;
    }

    /// Blocks until it serves.
    ///
    /// @param config of the node; the upstream has an actor system of its own, outside any cluster
    public static SampleUpstream start(Config config) {
        var alone = ConfigFactory.parseString("""
                pekko.actor.provider = local
                pekko.coordinated-shutdown.run-by-jvm-shutdown-hook = off
                """).withFallback(config);
        var system = ActorSystem.<Void>create(Behaviors.empty(), "sample", alone);
        var legacy = new LegacyEra();
        Function<HttpRequest, CompletionStage<HttpResponse>> answers = request -> handle(request, legacy, system);
        var binding = Http.get(system).newServerAt("127.0.0.1", 0).bind(answers);
        var upstream = new SampleUpstream(system, await(binding));
        LOG.debug("the sample upstream serves at {}", upstream.url());
        return upstream;
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + binding.localAddress().getPort() + "/mcp");
    }

    /// Ends open streams at once: there is nothing in them that matters.
    @Override
    public void close() {
        system.terminate();
        await(system.getWhenTerminated());
    }

    private static CompletionStage<HttpResponse> handle(
            HttpRequest request, LegacyEra legacy, ActorSystem<Void> system) {
        return switch (request.method().name()) {
            case "POST" ->
                request.entity()
                        .withSizeLimit(MOST_BYTES)
                        .toStrict(MOST_MILLIS, system)
                        .thenApply(body -> post(request, body.getData().utf8String(), legacy));
            case "DELETE" -> drained(request, system, legacy.end(header(request, "Mcp-Session-Id")));
            // There is nothing to say to those who have not asked.
            default ->
                drained(request, system, Responses.empty(405).addHeader(RawHeader.create("Allow", "POST, DELETE")));
        };
    }

    /// The gateway sends no `Origin`; a web page that found this port does.
    private static HttpResponse post(HttpRequest request, String body, LegacyEra legacy) {
        if (!header(request, "Origin").isEmpty()) {
            return Responses.empty(403);
        }
        var message = read(body);
        if (message.isEmpty()) {
            return Responses.json(
                    400,
                    Message.error(
                            MissingNode.getInstance(), Message.INVALID_REQUEST, "one JSON-RPC message is expected"));
        }
        return ModernEra.claims(message.get(), header(request, "MCP-Protocol-Version"))
                ? ModernEra.answer(message.get(), name -> header(request, name))
                : legacy.answer(message.get(), name -> header(request, name));
    }

    private static Optional<Message> read(String body) {
        return Json.read(body).filter(JsonNode::isObject).map(Message::new).filter(Message::isValid);
    }

    private static CompletionStage<HttpResponse> drained(
            HttpRequest request, ActorSystem<Void> system, HttpResponse response) {
        request.discardEntityBytes(system);
        return CompletableFuture.completedFuture(response);
    }

    private static String header(HttpRequest request, String name) {
        return request.getHeader(name).map(header -> header.value().strip()).orElse("");
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture()
                .orTimeout(STOP_SECONDS, TimeUnit.SECONDS)
                .join();
    }
}
