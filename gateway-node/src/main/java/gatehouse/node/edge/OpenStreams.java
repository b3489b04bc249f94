package gatehouse.node.edge;

import gatehouse.config.catalogue.Catalogue;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.UniqueKillSwitch;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Source;

/// The streams to clients that are open on this node. Each ends in good order when what let its client in is gone: an
/// access taken away, a key removed or expired, a route that is no more, or serves no such clients any more.
public final class OpenStreams {

    private final Map<UniqueKillSwitch, BiPredicate<Catalogue, Instant>> open = new ConcurrentHashMap<>();

    /// @param holds whether it could be opened today
    <T> Source<T, NotUsed> whileHolds(BiPredicate<Catalogue, Instant> holds, Source<T, NotUsed> source) {
        return source.viaMat(KillSwitches.single(), Keep.right()).watchTermination((cut, done) -> {
            open.put(cut, holds);
            done.whenComplete((end, failure) -> open.remove(cut));
            return NotUsed.getInstance();
        });
    }

    /// Cuts what does not hold any more. What was let in a moment ago by an older catalogue is found the next time.
    public void review(Catalogue catalogue, Instant now) {
        open.forEach((cut, holds) -> {
            if (!holds.test(catalogue, now)) {
                cut.shutdown();
            }
        });
    }
}
