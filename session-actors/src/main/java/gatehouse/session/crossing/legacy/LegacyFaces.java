package gatehouse.session.crossing.legacy;

import gatehouse.config.catalogue.Course;
import gatehouse.policy.verdict.Principal;
import gatehouse.session.lifecycle.Session;
import gatehouse.session.mcp.Seal;
import gatehouse.session.upstream.Peer;
import java.time.InstantSource;
import org.apache.pekko.actor.typed.ActorSystem;

/// Shows modern upstreams to clients that have sessions. What all of it has in common on this node is kept here: what
/// was
/// learnt of upstreams, and the questions that wait for an answer.
public final class LegacyFaces {

    private final View.Shared shared;

    /// @param subscriptions that one session may have
    /// @param seal keeps what an agent may hold of an upstream's names of tasks
    public LegacyFaces(
            ActorSystem<?> system, LegacySettings settings, int subscriptions, Seal seal, InstantSource clock) {
        this.shared = new View.Shared(
                system,
                settings,
                subscriptions,
                new Learning(system, settings.learning(), clock),
                new WaitingRoom(settings.waiting(), settings.waitingOfAgent()),
                new Finished(settings.tasks(), clock),
                seal,
                clock);
    }

    /// What a route leads to, as this session sees it.
    ///
    /// @param modern the same in the modern era
    /// @param principal whose session it is, or will be
    public Peer of(Course course, Peer modern, Principal principal, Session session) {
        return new LegacyFace(View.of(shared, new View.Whose(course, principal), modern, session));
    }

    /// Questions that wait for their client's answer.
    public int waiting() {
        return shared.room().waiting();
    }
}
