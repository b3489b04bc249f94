package gatehouse.session.lifecycle;

import com.typesafe.config.ConfigFactory;
import gatehouse.config.cluster.Footing;
import gatehouse.config.cluster.Neighbours;
import gatehouse.config.settings.ConfigReader;
import gatehouse.policy.Gatekeeper;
import gatehouse.policy.rate.CrowdSettings;
import gatehouse.session.call.CallPorts;
import gatehouse.session.call.CallSettings;
import gatehouse.session.call.CallTelemetry;
import gatehouse.session.crossing.Crossing;
import gatehouse.session.crossing.legacy.Fronting;
import gatehouse.session.crossing.modern.Facing;
import gatehouse.session.federation.Federating;
import gatehouse.session.mcp.Seal;
import gatehouse.session.mcp.SealKey;
import gatehouse.session.upstream.Eras;
import gatehouse.session.upstream.Peer;
import gatehouse.session.upstream.Upstreaming;
import gatehouse.session.upstream.Upstreams;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;

/// What tests of calls and the sessions they enter are made of.
final class Entering {

    private Entering() {}

    static SessionPorts sessions(ActorSystem<?> system, String... changes) {
        return sessions(system, new NoWays(), changes);
    }

    static SessionPorts sessions(ActorSystem<?> system, Ways ways, String... changes) {
        var settings = SessionSettings.read(config(changes).at("gateway.session"));
        var memory = new MemoryOutbox(
                new MemoryOutbox.Bounds(1000, 1 << 20, settings.idle(), settings.absolute()), Clock.systemUTC());
        return new SessionPorts(
                settings,
                system,
                route -> memory,
                new NoDirectory(),
                key -> CompletableFuture.failedFuture(new IllegalStateException("the store is away")),
                new Streams(),
                ways,
                Clock.systemUTC(),
                new Awake(),
                Neighbours.none(),
                Footing.firm());
    }

    /// The same, with a store.
    static SessionPorts reading(SessionPorts made, SessionRows rows) {
        return new SessionPorts(
                made.settings(),
                made.system(),
                made.outbox(),
                made.directory(),
                rows,
                made.streams(),
                made.ways(),
                made.clock(),
                made.awake(),
                made.neighbours(),
                made.footing());
    }

    static CallPorts calls(SessionPorts sessions, ClusterSharding shards, SessionIds ids, String... changes) {
        var system = sessions.system();
        var gateway = config(changes).at("gateway");
        var upstreams = new Upstreams(system, Upstreaming.settings());
        var eras = new Eras(system, upstreams, Upstreaming.settings().probing(), Clock.systemUTC());
        var faces = new Crossing.Faces(
                Fronting.faces(system, Clock.systemUTC()),
                Facing.settings(),
                Federating.federations(system, Clock.systemUTC()));
        return new CallPorts(
                new Gatekeeper(CrowdSettings.read(gateway.at("policy.crowd"))),
                new Crossing(system, upstreams, eras, faces, Clock.systemUTC()),
                new SessionDoor(shards, sessions),
                ids,
                sessions,
                new Seal(SealKey.of(0, new byte[32]), List.of()),
                CallSettings.read(gateway.at("call")),
                new CallTelemetry(InstantSource.system()));
    }

    private static ConfigReader config(String... changes) {
        return ConfigReader.of(ConfigFactory.parseString(String.join("\n", changes))
                .withFallback(ConfigFactory.load())
                .resolve());
    }

    /// Counts nobody, and has no rows of its own.
    private record NoDirectory() implements SessionDirectory {
        @Override
        public CompletableFuture<Integer> count(String principal) {
            return CompletableFuture.completedFuture(0);
        }

        @Override
        public CompletableFuture<Done> forget(SessionKey session) {
            return CompletableFuture.completedFuture(Done.getInstance());
        }

        @Override
        public CompletableFuture<List<SessionKey>> expired(Instant before, int limit) {
            return CompletableFuture.completedFuture(List.of());
        }
    }

    private record NoWays() implements Ways {
        @Override
        public Optional<Peer> opening(Session session) {
            return Optional.empty();
        }

        @Override
        public Optional<Peer> of(Session session) {
            return Optional.empty();
        }

        @Override
        public Optional<Former> former(Session session) {
            return Optional.empty();
        }
    }
}
