package gatehouse.node;

import gatehouse.config.catalogue.Catalogue;
import gatehouse.config.catalogue.CatalogueDiff;
import gatehouse.config.catalogue.CurrentCatalogue;
import gatehouse.node.edge.OpenStreams;
import gatehouse.session.crossing.CatalogueWays;
import gatehouse.session.crossing.Crossing;
import gatehouse.session.lifecycle.Awake;
import gatehouse.session.upstream.Eras;
import gatehouse.session.upstream.Upstreams;
import java.time.Duration;
import java.time.InstantSource;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/// Lets go of what the catalogue no longer holds: connections to upstreams that are declared otherwise now, what was
/// found out about them, and the streams of those who may not have them any more.
final class Upkeep {

    /// What is let go of.
    record Kept(
            Upstreams upstreams,
            Eras eras,
            Crossing crossing,
            CatalogueWays ways,
            Awake sessions,
            OpenStreams streams) {}

    /// Keys expire without anybody editing anything.
    private static final Duration REVIEW = Duration.ofSeconds(15);

    private static final CatalogueDiff TIME_PASSED = CatalogueDiff.between(Catalogue.EMPTY, Catalogue.EMPTY);

    private Upkeep() {}

    static Behavior<CatalogueDiff> create(Kept kept, CurrentCatalogue catalogue, InstantSource clock) {
        return Behaviors.withTimers(timers -> {
            timers.startTimerWithFixedDelay(TIME_PASSED, REVIEW);
            return Behaviors.receiveMessage(diff -> {
                var now = catalogue.now();
                kept.crossing().retain(now, clock.instant());
                kept.sessions().part(kept.ways().follow(now)); // what they hear of last is on its way by now
                kept.upstreams().retain(now);
                kept.eras().retain(now);
                kept.streams().review(now, clock.instant());
                return Behaviors.same();
            });
        });
    }
}
