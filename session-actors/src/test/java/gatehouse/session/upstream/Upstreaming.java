package gatehouse.session.upstream;

import com.typesafe.config.ConfigFactory;
import gatehouse.config.catalogue.Network;
import gatehouse.config.catalogue.Speaks;
import gatehouse.config.catalogue.TenantId;
import gatehouse.config.catalogue.Upstream;
import gatehouse.config.catalogue.UpstreamId;
import gatehouse.config.settings.ConfigReader;
import gatehouse.session.mcp.Id;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.ReadLimits;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;

/// What tests of upstream exchanges are made of.
public final class Upstreaming {

    private Upstreaming() {}

    public static ActorTestKit kit() {
        return ActorTestKit.create(
                ConfigFactory.parseString("pekko.actor.provider = local").withFallback(ConfigFactory.load()));
    }

    public static UpstreamSettings settings(String... changes) {
        var config = ConfigFactory.parseString(String.join("\n", changes))
                .withFallback(ConfigFactory.load())
                .resolve();
        var at = ConfigReader.of(config).at("gateway");
        return UpstreamSettings.read(at.at("upstream"), ReadLimits.read(at.at("mcp.upstream-limits")));
    }

    public static Upstream at(URI url) {
        return at(url, 4, 4);
    }

    public static Upstream at(URI url, int calls, int streams) {
        return new Upstream(
                new UpstreamId("tools"),
                new TenantId("acme"),
                url,
                Speaks.AUTO,
                Network.LOOPBACK,
                calls,
                streams,
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5));
    }

    public static Upstream quietFor(Upstream upstream, Duration quiet) {
        return new Upstream(
                upstream.id(),
                upstream.tenant(),
                upstream.url(),
                upstream.speaks(),
                upstream.network(),
                upstream.calls(),
                upstream.streams(),
                upstream.connect(),
                upstream.deadline(),
                quiet);
    }

    public static Outbound.Post call(int id) {
        return call(id, Duration.ofSeconds(5));
    }

    public static Outbound.Post call(int id, Duration deadline) {
        return new Outbound.Post(
                Message.request(new Id.Number(id), "tools/call", "{\"name\":\"echo\"}"), List.of(), deadline);
    }

    public static void await(BooleanSupplier condition) {
        var until = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > until) {
                throw new AssertionError("did not come true in time");
            }
            Thread.onSpinWait();
        }
    }

    public static <T> T got(CompletableFuture<T> future) {
        return future.orTimeout(5, TimeUnit.SECONDS).join();
    }
}
