package gatehouse.session.crossing;

import gatehouse.config.catalogue.Catalogue;
import gatehouse.config.catalogue.Course;
import gatehouse.config.catalogue.Upstream;
import gatehouse.policy.verdict.Call;
import gatehouse.policy.verdict.Principal;
import gatehouse.session.crossing.legacy.LegacyFaces;
import gatehouse.session.crossing.modern.ModernFaces;
import gatehouse.session.crossing.modern.ModernSettings;
import gatehouse.session.federation.Federations;
import gatehouse.session.federation.Joint;
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

/// Finds a peer that speaks the client's era: the upstream itself, or a face before it. Where a route joins several
/// upstreams, each of them shows its modern side, all of them together are one peer of the modern era, and that is
/// what a
/// face stands before.
///
/// An upstream of which nothing is known yet is taken at its client's word: then its own answer says what is wrong.
public final class Crossing {

    private static final Reply NO_SUCH_LEG = new Reply.Refused(404, List.of(), "");
    private static final Peer LOST = outbound -> CompletableFuture.completedFuture(NO_SUCH_LEG);

    private final Upstreams upstreams;
    private final Eras eras;
    private final LegacyFaces legacyFaces;
    private final Federations federations;
    private final Wires wires;
    private final ModernFaces faces;

    /// What stands before upstreams.
    ///
    /// @param modern how the legacy ones are shown to clients of the modern era
    public record Faces(LegacyFaces legacy, ModernSettings modern, Federations federations) {}

    public Crossing(ActorSystem<?> system, Upstreams upstreams, Eras eras, Faces shown, InstantSource clock) {
        this.upstreams = upstreams;
        this.eras = eras;
        this.legacyFaces = shown.legacy();
        this.federations = shown.federations();
        this.wires = new Wires(upstreams, eras, system.executionContext());
        this.faces = new ModernFaces(system, wires::legacy, shown.modern(), clock);
    }

    /// What is held for clients of the modern era at upstreams of the legacy era.
    public ModernFaces faces() {
        return faces;
    }

    /// For a client of the modern era.
    public Peer modern(Call call) {
        return call.course().joined() ? joined(call) : modern(call.course().only(), call.principal());
    }

    /// For a client that opens a session.
    public Peer opening(Call call) {
        return call.course().joined()
                ? face(call.course(), joined(call), call.principal(), Session.ABSENT)
                : opening(call.course().only(), call.principal());
    }

    /// For a client that has a session. A leg from before the route joined several leads nowhere any more.
    public Peer legacy(Call call, Session session) {
        if (!call.course().joined()) {
            return legacy(call.course().only(), session);
        }
        return session.leg().modern() ? face(call.course(), joined(call), call.principal(), session) : LOST;
    }

    private Peer joined(Call call) {
        return federations.peer(Joint.of(call, this::modern));
    }

    /// For a client of the modern era.
    Peer modern(Upstream upstream, Principal principal) {
        var judged = judged(
                upstream,
                verdict -> verdict.modern() || !verdict.legacy() ? wire(upstream) : faces.of(principal, upstream));
        return new Brief(judged, eras.patience());
    }

    /// For a client that opens a session.
    Peer opening(Upstream upstream, Principal principal) {
        return judged(
                upstream,
                verdict -> verdict.legacy() || !verdict.modern()
                        ? wires.legacy(upstream)
                        : face(upstream, principal, Session.ABSENT));
    }

    /// For a client that has a session there. Where the leg leads into an era that is spoken no more, it counts as
    /// lost: opened again, it leads into the other.
    Peer legacy(Upstream upstream, Session session) {
        return session.leg().modern()
                ? face(upstream, session.principal(), session)
                : losing(doubting(upstream, wires.legacy(upstream), Evidence::deniesLegacy), Evidence::deniesLegacy);
    }

    /// Lets go of what is held towards upstreams that are declared otherwise now, or no more, and for those who may
    /// not
    /// use them any more.
    public void retain(Catalogue catalogue, Instant now) {
        federations.retain(catalogue);
        faces.retain(catalogue, now);
        wires.retain(catalogue);
    }

    private Peer face(Upstream upstream, Principal principal, Session session) {
        return face(Course.to(upstream), wire(upstream), principal, session);
    }

    private Peer face(Course course, Peer modern, Principal principal, Session session) {
        return losing(legacyFaces.of(course, modern, principal, session), Evidence::deniesModern);
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
