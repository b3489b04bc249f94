package gatehouse.session.crossing;

import gatehouse.config.catalogue.Catalogue;
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
    private final Wires wires;

    public Crossing(Upstreams upstreams, Eras eras, LegacyFaces faces) {
        this.upstreams = upstreams;
        this.eras = eras;
        this.faces = faces;
        this.wires = new Wires(upstreams, eras);
    }

    /// For a client of the modern era.
    public Peer modern(Upstream upstream) {
        var judged = judged(
                upstream,
                verdict -> verdict.modern() || !verdict.legacy()
                        ? wire(upstream)
                        : new ElsewherePeer(Dialect.SUPPORTED_LEGACY));
        return new Brief(judged, eras.patience());
    }

    /// For a client that opens a session.
    public Peer opening(Upstream upstream) {
        return judged(
                upstream,
                verdict -> verdict.legacy() || !verdict.modern()
                        ? wires.legacy(upstream)
                        : face(upstream, Session.ABSENT));
    }

    /// For a client that has a session there. Where the leg leads into an era that is spoken no more, it counts as
    /// lost: opened again, it leads into the other.
    public Peer legacy(Upstream upstream, Session session) {
        return session.leg().modern()
                ? face(upstream, session)
                : losing(doubting(upstream, wires.legacy(upstream), Evidence::deniesLegacy), Evidence::deniesLegacy);
    }

    /// Lets go of what is held towards upstreams that are declared otherwise now, or no more.
    public void retain(Catalogue catalogue) {
        wires.retain(catalogue);
    }

    private Peer face(Upstream upstream, Session session) {
        return losing(faces.of(upstream, wire(upstream), session), Evidence::deniesModern);
    }

    /// The modern era on the wire.
    private Peer wire(Upstream upstream) {
        return doubting(upstream, upstreams.client(upstream), Evidence::deniesModern);
    }

    private Peer judged(Upstream upstream, Function<Verdict, Peer> choose) {
        return outbound -> Later.send(eras.of(upstream), choose, outbound);
    }

    private Peer doubting(Upstream upstream, Peer peer, Predicate<Reply> denies) {
        return new Doubting(peer, denies, () -> eras.doubt(upstream));
    }

    private static Peer losing(Peer peer, Predicate<Reply> denies) {
        return outbound -> Chain.first(
                peer.send(outbound),
                reply -> CompletableFuture.completedFuture(denies.test(reply) ? NO_SUCH_LEG : reply));
    }
}
