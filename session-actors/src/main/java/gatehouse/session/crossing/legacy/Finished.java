package gatehouse.session.crossing.legacy;

import gatehouse.policy.rate.Hoard;
import gatehouse.session.crossing.legacy.View.Whose;
import gatehouse.session.mcp.Message;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Results of calls that were to be tasks, but were done before the upstream made one of them. Their client fetches
/// them as if they were; they are kept in this node's memory, for a while. Where there are too many, those of whoever
/// has most of them give way, the longest unused first.
final class Finished {

    /// A result, whose it is, and since when.
    record Kept(Whose whose, Message result, Instant since) {}

    private record Key(Whose whose, String id) {}

    private final LegacySettings.Tasks settings;
    private final InstantSource clock;
    private final Hoard<Key, Kept> kept;

    Finished(LegacySettings.Tasks settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        this.kept = new Hoard<>(
                settings.finished(),
                settings.bytes(),
                result -> result.result().bytes().size(),
                key -> key.whose().holder());
    }

    /// The id of the task; nothing if the result is too large.
    synchronized Optional<String> keep(Whose whose, Message result) {
        if (result.bytes().size() > settings.bytes()) {
            return Optional.empty();
        }
        var id = Fresh.name();
        kept.put(new Key(whose, id), new Kept(whose, result, clock.instant()));
        return Optional.of(id);
    }

    synchronized Optional<Kept> find(Whose whose, String id) {
        var key = new Key(whose, id);
        var found = kept.get(key);
        if (found.filter(this::isOld).isPresent()) {
            kept.remove(key);
            return Optional.empty();
        }
        return found;
    }

    private boolean isOld(Kept result) {
        return clock.instant().isAfter(result.since().plus(settings.kept()));
    }
}
