package gatehouse.session.crossing;

import gatehouse.config.catalogue.Upstream;
import gatehouse.session.crossing.legacy.LegacyFaces;
import gatehouse.session.lifecycle.Session;
import gatehouse.session.mcp.Dialect;
import gatehouse.session.upstream.Chain;
import gatehouse.session.upstream.Eras;
import gatehouse.session.upstream.Evidence;
import gatehouse.session.upstream.Peer;
import gatehouse.session.upstream.Reply;
import gatehouse.session.upstream.Upstreams;
import gatehouse.session.upstream.Verdict;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;

/// Finds a peer that speaks the client's era, or says which one would be spoken.
///
/// An upstream of which nothing is known yet is taken at its client's word: then its own answer says what is wrong.
public final class Crossing {

    private static final Reply NO_SUCH_LEG = new Reply.Refused(404, List.of(), "");

    private final Upstreams upstreams;
    private final Eras eras;
    private final LegacyFaces faces;

    public Crossing(Upstreams upstreams, Eras eras, LegacyFaces faces) {
        this.upstreams = upstreams;
        this.eras = eras;
        this.faces = faces;
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
    public Peer opening(Upstream upstream) {
        return judged(
                upstream,
                verdict -> verdict.legacy() || !verdict.modern()
                        ? doubting(upstream, Evidence::deniesLegacy)
                        : face(upstream, Session.ABSENT));
    }

    /// For a client that has a session there. Where the leg leads into an era that is spoken no more, it counts as
    /// lost: opened again, it leads into the other.
    public Peer legacy(Upstream upstream, Session session) {
        return session.leg().modern()
                ? face(upstream, session)
                : losing(doubting(upstream, Evidence::deniesLegacy), Evidence::deniesLegacy);
    }

    private Peer face(Upstream upstream, Session session) {
        return losing(faces.of(upstream, doubting(upstream, Evidence::deniesModern), session), Evidence::deniesModern);
    }

    private Peer judged(Upstream upstream, Function<Verdict, Peer> choose) {
        return outbound -> {
            var verdict = eras.of(upstream);
            return verdict.isDone()
                    ? choose.apply(verdict.join()).send(outbound)
                    : Chain.after(verdict, known -> choose.apply(known).send(outbound));
        };
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

    private static Peer losing(Peer peer, Predicate<Reply> denies) {
        return outbound -> Chain.first(
                peer.send(outbound),
                reply -> CompletableFuture.completedFuture(denies.test(reply) ? NO_SUCH_LEG : reply));
    }
}
