package gatehouse.session.lifecycle;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// The streams that are written on this node right now. Bounded by the calls and sessions that write them.
public final class Streams {

    private final ConcurrentMap<StreamKey, StreamLog> live = new ConcurrentHashMap<>();

    public void add(StreamLog log) {
        live.put(log.key(), log);
    }

    public void remove(StreamLog log) {
        live.remove(log.key(), log);
    }

    public Optional<StreamLog> find(StreamKey key) {
        return Optional.ofNullable(live.get(key));
    }

    public int count() {
        return live.size();
    }
}
