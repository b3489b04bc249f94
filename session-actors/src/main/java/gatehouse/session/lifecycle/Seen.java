package gatehouse.session.lifecycle;

import java.time.Duration;
import java.time.Instant;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/// When a session was last used, and when it is time to write that down: now and then, and only when the store has just
/// answered.
///
/// A write that fails ends the actor, and what is not in memory cannot come back while the store is away. So a session
/// that answers calls without the store must not stumble over a mere note.
final class Seen {

    /// Whether the store answered.
    record Asked(boolean there) implements SessionActor.Inner {}

    /// Before a store that did not answer is asked again; longer than it takes to find out.
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final ActorContext<SessionActor.Command> context;
    private final SessionKey key;
    private final SessionPorts ports;
    private final Instant woken;
    private Instant used = Instant.EPOCH;
    private Instant next = Instant.EPOCH;

    Seen(ActorContext<SessionActor.Command> context, SessionKey key, SessionPorts ports) {
        this.context = context;
        this.key = key;
        this.ports = ports;
        this.woken = ports.clock().instant();
    }

    void now(Session session) {
        used = ports.clock().instant();
        if (session.staleAt(used, ports.settings().idle()) && used.isAfter(next)) {
            next = used.plus(PAUSE);
            context.pipeToSelf(ports.directory().count(key.owner()), (count, failure) -> new Asked(failure == null));
        }
    }

    /// As far as memory goes: the epoch for a session that was only woken, now for one that is busy.
    Instant last(boolean busy) {
        return busy ? ports.clock().instant() : used;
    }

    /// Whether it is too early to rest.
    boolean isRecent() {
        var since = ports.clock().instant().minus(ports.settings().passivate());
        return woken.isAfter(since) || used.isAfter(since);
    }
}
