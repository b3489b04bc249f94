package gatehouse.session.crossing;

import gatehouse.config.catalogue.Upstream;
import gatehouse.policy.verdict.Principal;
import gatehouse.session.crossing.modern.ModernFaces;
import gatehouse.session.crossing.modern.ModernSettings;
import gatehouse.session.mcp.Dialect;
import gatehouse.session.upstream.Eras;
import gatehouse.session.upstream.Evidence;
import gatehouse.session.upstream.Outbound;
import gatehouse.session.upstream.Peer;
import gatehouse.session.upstream.Reply;
import gatehouse.session.upstream.Upstreams;
import gatehouse.session.upstream.Verdict;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.pekko.actor.typed.ActorSystem;

/// Finds a peer that speaks the client's era, or says which one would be spoken.
///
/// An upstream of which nothing is known yet is taken at its client's word: then its own answer says what is wrong.
public final class Crossing {

    private final Upstreams upstreams;
    private final Eras eras;
    private final ModernFaces faces;

    public Crossing(
            ActorSystem<?> system, Upstreams upstreams, Eras eras, ModernSettings settings, InstantSource clock) {
        this.upstreams = upstreams;
        this.eras = eras;
        this.faces = new ModernFaces(system, upstream -> doubting(upstream, Evidence::deniesLegacy), settings, clock);
    }

    /// What is held for clients of the modern era at upstreams of the legacy era.
    public ModernFaces faces() {
        return faces;
    }

    /// For a client of the modern era.
    public Peer modern(Upstream upstream, Principal principal) {
        return judged(
                upstream,
                verdict -> verdict.modern() || !verdict.legacy()
                        ? doubting(upstream, Evidence::deniesModern)
                        : faces.of(principal, upstream));
    }

    /// For a client that opens a session.
    public Peer opening(Upstream upstream) {
        return judged(
                upstream,
                verdict -> verdict.legacy() || !verdict.modern()
                        ? doubting(upstream, Evidence::deniesLegacy)
                        : new ElsewherePeer(Dialect.SUPPORTED_MODERN));
    }

    /// For a client that has a session there.
    public Peer legacy(Upstream upstream) {
        return upstreams.client(upstream);
    }

    private Peer judged(Upstream upstream, Function<Verdict, Peer> choose) {
        return outbound -> {
            var verdict = eras.of(upstream);
            return verdict.isDone()
                    ? choose.apply(verdict.join()).send(outbound)
                    : later(verdict.thenApply(choose), outbound);
        };
    }

    /// A future of the inner exchange that can be cancelled before there is one.
    private static CompletableFuture<Reply> later(CompletableFuture<Peer> chosen, Outbound outbound) {
        var reply = new CompletableFuture<Reply>();
        var _ = chosen.thenAccept(peer -> {
            if (!reply.isCancelled()) {
                join(peer.send(outbound), reply);
            }
        });
        return reply;
    }

    private static void join(CompletableFuture<Reply> sent, CompletableFuture<Reply> reply) {
        var _ = sent.whenComplete((got, failure) -> {
            if (failure == null) {
                reply.complete(got);
            } else {
                reply.completeExceptionally(failure);
            }
        });
        var _ = reply.whenComplete((got, failure) -> sent.cancel(true));
    }

    private Peer doubting(Upstream upstream, Predicate<Reply> denies) {
        return outbound -> {
            var sent = upstreams.client(upstream).send(outbound);
            var _ = sent.thenAccept(reply -> {
                if (denies.test(reply)) {
                    eras.doubt(upstream);
                }
            });
            return sent;
        };
    }
}
