package gatehouse.session.upstream;

import gatehouse.config.catalogue.Catalogue;
import gatehouse.config.catalogue.Upstream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
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
    private final Map<Upstream, Asked> verdicts = new ConcurrentHashMap<>();

    /// A question and when it was put; one that is not answered yet is not put twice.
    private record Asked(Instant at, CompletableFuture<Verdict> verdict) {
        boolean holdsAt(Instant now) {
            return !verdict.isDone() || verdict.join().holdsAt(now);
        }
    }

    public Eras(ActorSystem<?> system, Upstreams upstreams, UpstreamSettings.Probing settings, InstantSource clock) {
        this.system = system;
        this.upstreams = upstreams;
        this.settings = settings;
        this.clock = clock;
    }

    /// How long one question about revisions may take.
    public Duration patience() {
        return settings.timeout();
    }

    /// It never fails: where nothing can be found out, the verdict is undecided.
    public CompletableFuture<Verdict> of(Upstream upstream) {
        return switch (upstream.speaks()) {
            case LEGACY -> declared(true, false);
            case MODERN -> declared(false, true);
            case BOTH -> declared(true, true);
            case SSE -> CompletableFuture.completedFuture(Verdict.ofSse(Instant.MAX));
            case AUTO -> found(upstream);
        };
    }

    /// The upstream behaved as its verdict says it would not: it is asked anew, unless it was so just now. An
    /// upstream that contradicts itself must not double the calls it gets.
    public void doubt(Upstream upstream) {
        var fresh = clock.instant().minus(settings.undecided());
        verdicts.computeIfPresent(
                upstream,
                (declared, asked) -> asked.verdict().isDone() && !asked.at().isAfter(fresh) ? null : asked);
    }

    /// Forgets upstreams that are declared otherwise now, or no more.
    public void retain(Catalogue catalogue) {
        verdicts.keySet().retainAll(Set.copyOf(catalogue.upstreams().values()));
    }

    private CompletableFuture<Verdict> found(Upstream upstream) {
        var now = clock.instant();
        var known = verdicts.get(upstream);
        if (known != null && known.holdsAt(now)) {
            return known.verdict();
        }
        var mine = new Asked(now, new CompletableFuture<>());
        var asked =
                verdicts.compute(upstream, (declared, before) -> before != null && before.holdsAt(now) ? before : mine);
        if (asked.equals(mine)) {
            ask(upstream, mine);
        }
        return asked.verdict();
    }

    private void ask(Upstream upstream, Asked asked) {
        new EraProbe(system, upstreams.client(upstream), settings)
                .ask(asked.at())
                .whenComplete((verdict, failure) -> asked.verdict()
                        .complete(
                                failure == null
                                        ? verdict
                                        : new Verdict(false, false, asked.at().plus(settings.undecided()))));
    }

    private static CompletableFuture<Verdict> declared(boolean legacy, boolean modern) {
        return CompletableFuture.completedFuture(new Verdict(legacy, modern, Instant.MAX));
    }
}
