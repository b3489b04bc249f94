package gatehouse.session.lifecycle;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.pekko.actor.typed.ActorRef;

/// The sessions in memory on this node: counted, reached without a way through their shard, and reminded to rest.
///
/// A session leaves here before it asks to be stopped. What is told to it by this way in that very moment may be lost,
/// so whoever needs an answer asks again by way of the shard.
public final class Awake {

    private final ConcurrentMap<SessionKey, ActorRef<SessionActor.Command>> sessions = new ConcurrentHashMap<>();

    void add(SessionKey key, ActorRef<SessionActor.Command> session) {
        sessions.put(key, session);
    }

    /// Only itself: its successor may be here already.
    void remove(SessionKey key, ActorRef<SessionActor.Command> session) {
        sessions.remove(key, session);
    }

    public Optional<ActorRef<SessionActor.Outer>> find(SessionKey key) {
        return Optional.ofNullable(sessions.get(key)).map(ActorRef::narrow);
    }

    public int count() {
        return sessions.size();
    }

    /// Routes are gone, or lead elsewhere. What sleeps hears nothing; once it is over it takes leave all the same.
    public void part(Ways.Parted routes) {
        if (!routes.isEmpty()) {
            sessions.values().forEach(session -> session.tell(new Mending.Parted(routes)));
        }
    }

    /// One clock for all of them: a timer for each would be set again by every message.
    void tick() {
        sessions.values().forEach(session -> session.tell(new SessionActor.Idle()));
    }
}
