package gatehouse.session.crossing;

import gatehouse.config.catalogue.Catalogue;
import gatehouse.config.catalogue.Upstream;
import gatehouse.policy.verdict.Principal;
import gatehouse.session.crossing.modern.ModernFaces;
import gatehouse.session.crossing.modern.ModernSettings;
import gatehouse.session.mcp.Dialect;
import gatehouse.session.upstream.Eras;
import gatehouse.session.upstream.Evidence;
import gatehouse.session.upstream.Peer;
import gatehouse.session.upstream.Upstreams;
import gatehouse.session.upstream.Verdict;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorSystem;

/// Finds a peer that speaks the client's era, or says which one would be spoken.
///
/// An upstream of which nothing is known yet is taken at its client's word: then its own answer says what is wrong.
public final class Crossing {

    private final Upstreams upstreams;
    private final Eras eras;
    private final Wires wires;
    private final ModernFaces faces;

    public Crossing(
            ActorSystem<?> system, Upstreams upstreams, Eras eras, ModernSettings settings, InstantSource clock) {
        this.upstreams = upstreams;
        this.eras = eras;
        this.wires = new Wires(upstreams, eras);
        this.faces = new ModernFaces(system, wires::legacy, settings, clock);
    }

    /// What is held for clients of the modern era at upstreams of the legacy era.
    public ModernFaces faces() {
        return faces;
    }

    /// For a client of the modern era.
    public Peer modern(Upstream upstream, Principal principal) {
        var judged = judged(
                upstream,
                verdict -> verdict.modern() || !verdict.legacy()
                        ? new Doubting(upstreams.client(upstream), Evidence::deniesModern, () -> eras.doubt(upstream))
                        : faces.of(principal, upstream));
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

    /// Lets go of what is held towards upstreams that are declared otherwise now, or no more, and for those who may
    /// not
    /// use them any more.
    public void retain(Catalogue catalogue, Instant now) {
        faces.retain(catalogue, now);
        wires.retain(catalogue);
    }

    private Peer judged(Upstream upstream, Function<Verdict, Peer> choose) {
        return outbound -> Later.send(eras.of(upstream), choose, outbound);
    }
}
