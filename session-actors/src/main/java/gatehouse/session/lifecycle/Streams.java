package gatehouse.session.lifecycle;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// The streams that are written on this node right now. Bounded by the calls and sessions that write them.
///
/// Before the node stops, their readers are sent away in good order: what is stored stays, and they go on elsewhere or
/// later where they were.
public final class Streams {

    private final ConcurrentMap<StreamKey, StreamLog> ofCalls = new ConcurrentHashMap<>();
    private final ConcurrentMap<StreamKey, StreamLog> ofSessions = new ConcurrentHashMap<>();

    /// The stream of a call.
    public void add(StreamLog log) {
        ofCalls.put(log.key(), log);
    }

    /// A session's own stream.
    void addOwn(StreamLog log) {
        ofSessions.put(log.key(), log);
    }

    public void remove(StreamLog log) {
        ofCalls.remove(log.key(), log);
        ofSessions.remove(log.key(), log);
    }

    public Optional<StreamLog> find(StreamKey key) {
        return Optional.ofNullable(ofCalls.get(key)).or(() -> Optional.ofNullable(ofSessions.get(key)));
    }

    public int count() {
        return ofCalls.size() + ofSessions.size();
    }

    /// Nobody knows when more will come on these, so that there is nothing to wait for.
    public void sendListenersAway() {
        ofSessions.values().forEach(StreamLog::leave);
    }

    public void sendCallersAway() {
        ofCalls.values().forEach(StreamLog::leave);
    }
}
