package gatehouse.session.crossing;

import gatehouse.config.catalogue.Catalogue;
import gatehouse.config.catalogue.Upstream;
import gatehouse.policy.verdict.Principal;
import gatehouse.session.crossing.legacy.LegacyFaces;
import gatehouse.session.crossing.modern.ModernFaces;
import gatehouse.session.crossing.modern.ModernSettings;
import gatehouse.session.lifecycle.Session;
import gatehouse.session.upstream.Chain;
import gatehouse.session.upstream.Eras;
import gatehouse.session.upstream.Evidence;
import gatehouse.session.upstream.Peer;
import gatehouse.session.upstream.Reply;
import gatehouse.session.upstream.Upstreams;
import gatehouse.session.upstream.Verdict;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.pekko.actor.typed.ActorSystem;

/// Finds a peer that speaks the client's era: the upstream itself, or a face before it.
///
/// An upstream of which nothing is known yet is taken at its client's word: then its own answer says what is wrong.
public final class Crossing {

    private static final Reply NO_SUCH_LEG = new Reply.Refused(404, List.of(), "");

    private final Upstreams upstreams;
    private final Eras eras;
    private final LegacyFaces legacyFaces;
    private final Wires wires;
    private final ModernFaces faces;

    public Crossing(
            ActorSystem<?> system,
            Upstreams upstreams,
            Eras eras,
            LegacyFaces legacyFaces,
            ModernSettings settings,
            InstantSource clock) {
        this.upstreams = upstreams;
        this.eras = eras;
        this.legacyFaces = legacyFaces;
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
                verdict -> verdict.modern() || !verdict.legacy() ? wire(upstream) : faces.of(principal, upstream));
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

    /// Lets go of what is held towards upstreams that are declared otherwise now, or no more, and for those who may
    /// not
    /// use them any more.
    public void retain(Catalogue catalogue, Instant now) {
        faces.retain(catalogue, now);
        wires.retain(catalogue);
    }

    private Peer face(Upstream upstream, Session session) {
        return losing(legacyFaces.of(upstream, wire(upstream), session), Evidence::deniesModern);
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
