package gatehouse.session.crossing.legacy;

import gatehouse.session.crossing.legacy.View.Whose;
import gatehouse.session.mcp.Message;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Optional;

/// Results of calls that were to be tasks, but were done before the upstream made one of them. Their client fetches
/// them
/// as if they were; they are kept in this node's memory, for a while, the oldest giving way to new ones.
final class Finished {

    /// A result, whose it is, and since when.
    record Kept(Whose whose, Message result, Instant since) {}

    private final LegacySettings.Tasks settings;
    private final InstantSource clock;
    private final LinkedHashMap<String, Kept> kept = new LinkedHashMap<>();
    private long bytes;

    Finished(LegacySettings.Tasks settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /// The id of the task; nothing if the result is too large.
    synchronized Optional<String> keep(Whose whose, Message result) {
        if (result.bytes().size() > settings.bytes()) {
            return Optional.empty();
        }
        var id = Fresh.name();
        kept.put(id, new Kept(whose, result, clock.instant()));
        bytes += result.bytes().size();
        while (kept.size() > settings.finished() || bytes > settings.bytes()) {
            forget(kept.firstEntry().getKey());
        }
        return Optional.of(id);
    }

    synchronized Optional<Kept> find(Whose whose, String id) {
        var found = Optional.ofNullable(kept.get(id));
        if (found.filter(this::isOld).isPresent()) {
            forget(id);
            return Optional.empty();
        }
        return found.filter(result -> result.whose().equals(whose));
    }

    private boolean isOld(Kept result) {
        return clock.instant().isAfter(result.since().plus(settings.kept()));
    }

    private void forget(String id) {
        Optional.ofNullable(kept.remove(id))
                .ifPresent(gone -> bytes -= gone.result().bytes().size());
    }
}
