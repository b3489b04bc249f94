package gatehouse.session.lifecycle;

import java.time.Duration;
import java.time.Instant;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/// Says when it is time to write that a session is in use: now and then, and only when the store has just answered.
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
    private Instant next = Instant.EPOCH;

    Seen(ActorContext<SessionActor.Command> context, SessionKey key, SessionPorts ports) {
        this.context = context;
        this.key = key;
        this.ports = ports;
    }

    void at(Session session, Instant active) {
        if (session.staleAt(active, ports.settings().idle()) && active.isAfter(next)) {
            next = active.plus(PAUSE);
            context.pipeToSelf(ports.directory().count(key.owner()), (count, failure) -> new Asked(failure == null));
        }
    }
}
