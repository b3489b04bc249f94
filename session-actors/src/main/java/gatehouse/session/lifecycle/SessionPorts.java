package gatehouse.session.lifecycle;

import gatehouse.config.catalogue.RouteId;
import gatehouse.config.cluster.Footing;
import gatehouse.config.cluster.Neighbours;
import java.time.Clock;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorSystem;

/// What every session on this node shares.
public record SessionPorts(
        SessionSettings settings,
        ActorSystem<?> system,
        Function<RouteId, Outbox> outbox,
        SessionDirectory directory,
        SessionRows rows,
        Streams streams,
        Ways ways,
        Clock clock,
        Awake awake,
        Neighbours neighbours,
        Footing footing) {}
