package gatehouse.load.proxy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.http.javadsl.ConnectHttp;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.Uri;
import org.apache.pekko.http.javadsl.model.headers.Host;
import org.apache.pekko.http.javadsl.model.headers.TimeoutAccess;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Flow;

/// The least a Pekko HTTP proxy can do: entities pass through as they stream, and nothing is looked at.
public final class BareProxy implements AutoCloseable {

    private final ActorSystem system;
    private final ServerBinding binding;

    private BareProxy(ActorSystem system, ServerBinding binding) {
        this.system = system;
        this.binding = binding;
    }

    /// Listens on loopback; port 0 is any that is free.
    public static BareProxy start(int port, String upstreamHost, int upstreamPort) {
        var system = ActorSystem.create("bare-proxy", config());
        try {
            var binding = await(Http.get(system)
                    .newServerAt("127.0.0.1", port)
                    .bindFlow(passage(system, upstreamHost, upstreamPort)));
            return new BareProxy(system, binding);
        } catch (RuntimeException e) {
            system.terminate();
            throw e;
        }
    }

    public int port() {
        return binding.localAddress().getPort();
    }

    @Override
    public void close() {
        await(binding.unbind());
        await(system.getWhenTerminated().thenApply(terminated -> terminated), system::terminate);
    }

    private static Flow<HttpRequest, HttpResponse, ?> passage(ActorSystem system, String host, int port) {
        var pool = Http.get(system).<NotUsed>cachedHostConnectionPool(ConnectHttp.toHost(host, port));
        return Flow.<HttpRequest>create()
                .map(request -> Pair.create(forUpstream(request, host, port), NotUsed.getInstance()))
                .via(pool)
                .map(answer -> answer.first().get());
    }

    private static HttpRequest forUpstream(HttpRequest request, String host, int port) {
        var there = Uri.create(request.getUri().getPathString());
        return request.removeHeader(TimeoutAccess.class.getSimpleName())
                .removeHeader("Timeout-Access")
                .removeHeader("Host")
                .addHeader(Host.create(host, port))
                .withUri(there);
    }

    private static Config config() {
        return ConfigFactory.parseResources("bare-proxy.conf")
                .withFallback(ConfigFactory.load())
                .resolve();
    }

    private static <T> T await(CompletionStage<T> stage) {
        return await(stage, () -> {});
    }

    private static <T> T await(CompletionStage<T> stage, Runnable first) {
        first.run();
        try {
            return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (java.util.concurrent.ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the bare proxy did not start or stop", e);
        }
    }
}
