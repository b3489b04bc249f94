package gatehouse.session.crossing;

import gatehouse.config.catalogue.Course;
import gatehouse.config.catalogue.Route;
import gatehouse.config.catalogue.Upstream;
import gatehouse.policy.verdict.Principal;
import gatehouse.session.federation.Federations;
import gatehouse.session.federation.Joint;
import gatehouse.session.mcp.Dialect;
import gatehouse.session.upstream.Eras;
import gatehouse.session.upstream.Evidence;
import gatehouse.session.upstream.Outbound;
import gatehouse.session.upstream.Peer;
import gatehouse.session.upstream.Reply;
import gatehouse.session.upstream.Upstreams;
import gatehouse.session.upstream.Verdict;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;

/// Finds a peer that speaks the client's era, or says which one would be spoken.
///
/// An upstream of which nothing is known yet is taken at its client's word: then its own answer says what is wrong.
public final class Crossing {

    private final Upstreams upstreams;
    private final Eras eras;
    private final Federations federations;

    public Crossing(Upstreams upstreams, Eras eras, Federations federations) {
        this.upstreams = upstreams;
        this.eras = eras;
        this.federations = federations;
    }

    /// For a client of the modern era. Several upstreams behind one route are shown as one.
    public Peer modern(Principal principal, Route route, Course course) {
        return course.joined()
                ? federations.peer(new Joint(principal, route, course, (who, upstream) -> modern(upstream)))
                : modern(course.only());
    }

    /// For a client of the modern era.
    public Peer modern(Upstream upstream) {
        return judged(
                upstream,
                verdict -> verdict.modern() || !verdict.legacy()
                        ? doubting(upstream, Evidence::deniesModern)
                        : new ElsewherePeer(Dialect.SUPPORTED_LEGACY));
    }

    /// For a client that opens a session.
    public Peer opening(Course course) {
        return course.joined() ? new ElsewherePeer(Dialect.SUPPORTED_MODERN) : opening(course.only());
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
    public Peer legacy(Course course) {
        return course.joined() ? new ElsewherePeer(Dialect.SUPPORTED_MODERN) : legacy(course.only());
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
