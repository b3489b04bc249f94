package gatehouse.session.lifecycle;

import gatehouse.config.catalogue.RouteId;
import gatehouse.session.upstream.StreamableClient;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorSystem;

/// What every session on this node shares.
///
/// @param upstream the way to the upstream a route leads to, while the route is declared
/// @param awake how many session actors are in memory
public record SessionPorts(
        SessionSettings settings,
        ActorSystem<?> system,
        Function<RouteId, Outbox> outbox,
        SessionDirectory directory,
        Streams streams,
        Function<RouteId, Optional<StreamableClient>> upstream,
        Clock clock,
        AtomicInteger awake) {}
