package gatehouse.session.crossing.legacy;

import gatehouse.config.catalogue.Course;
import gatehouse.policy.rate.Hoard;
import gatehouse.policy.verdict.Principal;
import gatehouse.session.lifecycle.Session;
import gatehouse.session.mcp.Seal;
import gatehouse.session.upstream.Peer;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorSystem;

/// One session's view of what its route leads to.
///
/// @param peer the upstream, or several as one, in the modern era
/// @param subscriptions the params of its `resources/subscribe`, by URI
record View(Shared shared, Whose whose, String route, Peer peer, Client client, Map<String, String> subscriptions) {

    static View of(Shared shared, Whose whose, Peer peer, Session session) {
        return new View(shared, whose, session.route().value(), peer, Client.of(session), session.subscriptions());
    }

    View as(Client other) {
        return new View(shared, whose, route, peer, other, subscriptions);
    }

    /// What an upstream shows need not be the same for everybody.
    record Whose(Course course, Principal principal) {
        Hoard.Holder holder() {
            return new Hoard.Holder(course, Optional.of(principal));
        }
    }

    /// What every face on this node shares.
    ///
    /// @param subscriptions that one session may have
    record Shared(
            ActorSystem<?> system,
            LegacySettings settings,
            int subscriptions,
            Learning learning,
            WaitingRoom room,
            Finished finished,
            Seal seal,
            InstantSource clock) {}
}
