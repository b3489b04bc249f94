package gatehouse.session.upstream;

import gatehouse.config.catalogue.Upstream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.actor.typed.ActorSystem;

/// Which eras each upstream speaks: as declared, or as it was found to, until that is too long ago.
///
/// However many calls ask at once, an upstream is asked once.
public final class Eras {

    private final ActorSystem<?> system;
    private final Upstreams upstreams;
    private final UpstreamSettings.Probing settings;
    private final InstantSource clock;
    private final Map<Upstream, CompletableFuture<Verdict>> verdicts = new ConcurrentHashMap<>();

    public Eras(ActorSystem<?> system, Upstreams upstreams, UpstreamSettings.Probing settings, InstantSource clock) {
        this.system = system;
        this.upstreams = upstreams;
        this.settings = settings;
        this.clock = clock;
    }

    public CompletionStage<Verdict> of(Upstream upstream) {
        return switch (upstream.speaks()) {
            case LEGACY -> declared(true, false);
            case MODERN -> declared(false, true);
            case BOTH -> declared(true, true);
            case AUTO -> found(upstream);
        };
    }

    /// The upstream behaved as its verdict says it would not: the next call asks anew.
    public void doubt(Upstream upstream) {
        verdicts.computeIfPresent(upstream, (declared, verdict) -> verdict.isDone() ? null : verdict);
    }

    private CompletionStage<Verdict> found(Upstream upstream) {
        forgetStale();
        var asked = new CompletableFuture<Verdict>();
        var known = verdicts.putIfAbsent(upstream, asked);
        if (known != null) {
            return known;
        }
        var now = clock.instant();
        new EraProbe(system, upstreams.client(upstream), settings).ask(now).whenComplete((verdict, failure) -> {
            asked.complete(failure == null ? verdict : new Verdict(false, false, now.plus(settings.undecided())));
        });
        return asked;
    }

    /// Also keeps the map no larger than the upstreams that were asked lately.
    private void forgetStale() {
        var now = clock.instant();
        verdicts.values()
                .removeIf(verdict -> verdict.isDone() && !verdict.join().holdsAt(now));
    }

    private static CompletionStage<Verdict> declared(boolean legacy, boolean modern) {
        return CompletableFuture.completedFuture(new Verdict(legacy, modern, Instant.MAX));
    }
}
