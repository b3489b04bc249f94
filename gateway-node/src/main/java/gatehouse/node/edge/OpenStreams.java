package gatehouse.node.edge;

import gatehouse.config.catalogue.Catalogue;
import gatehouse.policy.access.Standing;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.UniqueKillSwitch;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Source;

/// The streams to clients that are open on this node. Each ends in good order when what let its client in is gone: an
/// access taken away, a key removed or expired, a route that is no more.
public final class OpenStreams {

    private final Map<UniqueKillSwitch, Standing> open = new ConcurrentHashMap<>();

    <T> Source<T, NotUsed> whileHolds(Standing standing, Source<T, NotUsed> source) {
        return source.viaMat(KillSwitches.single(), Keep.right()).watchTermination((cut, done) -> {
            open.put(cut, standing);
            done.whenComplete((end, failure) -> open.remove(cut));
            return NotUsed.getInstance();
        });
    }

    /// Cuts what does not hold any more. What was let in a moment ago by an older catalogue is found the next time.
    public void review(Catalogue catalogue, Instant now) {
        open.forEach((cut, standing) -> {
            if (!standing.holds(catalogue, now)) {
                cut.shutdown();
            }
        });
    }

    int count() {
        return open.size();
    }
}
