package gatehouse.session.crossing;

import gatehouse.config.catalogue.Catalogue;
import gatehouse.config.catalogue.Upstream;
import gatehouse.session.mcp.Dialect;
import gatehouse.session.upstream.Eras;
import gatehouse.session.upstream.Evidence;
import gatehouse.session.upstream.Peer;
import gatehouse.session.upstream.Upstreams;
import gatehouse.session.upstream.Verdict;
import java.util.function.Function;

/// Finds a peer that speaks the client's era, or says which one would be spoken.
///
/// An upstream of which nothing is known yet is taken at its client's word: then its own answer says what is wrong.
public final class Crossing {

    private final Upstreams upstreams;
    private final Eras eras;
    private final Wires wires;

    public Crossing(Upstreams upstreams, Eras eras) {
        this.upstreams = upstreams;
        this.eras = eras;
        this.wires = new Wires(upstreams, eras);
    }

    /// For a client of the modern era.
    public Peer modern(Upstream upstream) {
        var judged = judged(
                upstream,
                verdict -> verdict.modern() || !verdict.legacy()
                        ? new Doubting(upstreams.client(upstream), Evidence::deniesModern, () -> eras.doubt(upstream))
                        : new ElsewherePeer(Dialect.SUPPORTED_LEGACY));
        return new Brief(judged, eras.patience());
    }

    /// For a client that opens a session.
    public Peer opening(Upstream upstream) {
        return judged(
                upstream,
                verdict -> verdict.legacy() || !verdict.modern()
                        ? wires.legacy(upstream)
                        : new ElsewherePeer(Dialect.SUPPORTED_MODERN));
    }

    /// For a client that has a session there.
    public Peer legacy(Upstream upstream) {
        return wires.legacy(upstream);
    }

    /// Lets go of what is held towards upstreams that are declared otherwise now, or no more.
    public void retain(Catalogue catalogue) {
        wires.retain(catalogue);
    }

    private Peer judged(Upstream upstream, Function<Verdict, Peer> choose) {
        return outbound -> Later.send(eras.of(upstream), choose, outbound);
    }
}
