package gatehouse.session.lifecycle;

import gatehouse.config.catalogue.RouteId;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorSystem;

/// What every session on this node shares.
///
/// @param awake how many session actors are in memory
public record SessionPorts(
        SessionSettings settings,
        ActorSystem<?> system,
        Function<RouteId, Outbox> outbox,
        SessionDirectory directory,
        Streams streams,
        Ways ways,
        Clock clock,
        AtomicInteger awake) {}
