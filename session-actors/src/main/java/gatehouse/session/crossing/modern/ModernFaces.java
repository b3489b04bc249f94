package gatehouse.session.crossing.modern;

import gatehouse.config.catalogue.Catalogue;
import gatehouse.config.catalogue.Upstream;
import gatehouse.policy.access.Reach;
import gatehouse.policy.verdict.Principal;
import gatehouse.session.upstream.Peer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.ActorSystem;

/// The faces that legacy upstreams show to clients of the modern era, and all that is held for them on this node.
public final class ModernFaces {

    private static final long FAREWELL_SECONDS = 2;

    private final FacePorts ports;
    private final Cancellable sweeping;

    /// @param wire how a legacy upstream is spoken with in its own era
    public ModernFaces(
            ActorSystem<?> system, Function<Upstream, Peer> wire, ModernSettings settings, InstantSource clock) {
        var legs = new Legs(system, wire, settings, clock);
        this.ports = new FacePorts(system, legs, new Parked(system, settings.parking()), settings, new AtomicInteger());
        var quarter = settings.legs().idle().dividedBy(4);
        this.sweeping =
                system.scheduler().scheduleAtFixedRate(quarter, quarter, legs::sweep, system.executionContext());
    }

    public Peer of(Principal principal, Upstream upstream) {
        return new ModernFace(ports, principal, upstream);
    }

    /// Lets go of what no route leads to any more: upstreams that are declared otherwise now, or no more, and
    /// whatever
    /// is held for those who may not use them any more.
    public void retain(Catalogue catalogue, Instant now) {
        Predicate<LegKey> holds = key -> new Reach(key.principal(), key.upstream()).holds(catalogue, now);
        ports.parked().retain(holds);
        ports.legs().retain(holds);
    }

    /// Says goodbye to every upstream, and waits a little for it to be heard.
    public CompletableFuture<Void> close() {
        sweeping.cancel();
        ports.parked().close();
        return ports.legs()
                .close()
                .orTimeout(FAREWELL_SECONDS, TimeUnit.SECONDS)
                .exceptionally(late -> null);
    }

    /// Ends what nobody used for long; it happens by itself as well.
    void sweep() {
        ports.legs().sweep();
    }

    /// Sessions held at upstreams.
    public int legs() {
        return ports.legs().count();
    }

    /// Streams on which clients listen.
    public int listeners() {
        return ports.listeners().get();
    }

    /// Calls that wait for their clients.
    public int parked() {
        return ports.parked().count();
    }
}
