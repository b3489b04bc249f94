package gatehouse.node;

import gatehouse.config.catalogue.CurrentCatalogue;
import gatehouse.config.catalogue.Journal;
import gatehouse.config.catalogue.RouteId;
import gatehouse.config.cluster.Footing;
import gatehouse.config.cluster.Members;
import gatehouse.config.cluster.Pulse;
import gatehouse.config.gitops.CatalogueKeeper;
import gatehouse.node.edge.Edge;
import gatehouse.node.edge.HealthRoutes;
import gatehouse.node.edge.McpRoutes;
import gatehouse.node.edge.OpenStreams;
import gatehouse.persistence.Storage;
import gatehouse.policy.Gatekeeper;
import gatehouse.policy.verdict.Outcome;
import gatehouse.session.Exchange;
import gatehouse.session.call.CallPorts;
import gatehouse.session.call.CallTelemetry;
import gatehouse.session.call.Calls;
import gatehouse.session.crossing.CatalogueWays;
import gatehouse.session.crossing.Crossing;
import gatehouse.session.crossing.legacy.LegacyFaces;
import gatehouse.session.federation.Federations;
import gatehouse.session.federation.Stamp;
import gatehouse.session.lifecycle.Awake;
import gatehouse.session.lifecycle.MemoryOutbox;
import gatehouse.session.lifecycle.Outbox;
import gatehouse.session.lifecycle.SessionActor;
import gatehouse.session.lifecycle.SessionDoor;
import gatehouse.session.lifecycle.SessionIds;
import gatehouse.session.lifecycle.SessionPorts;
import gatehouse.session.lifecycle.Streams;
import gatehouse.session.lifecycle.Sweeper;
import gatehouse.session.mcp.Codec;
import gatehouse.session.mcp.Seal;
import gatehouse.session.mcp.SealKey;
import gatehouse.session.upstream.Eras;
import gatehouse.session.upstream.Upstreams;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;

/// The only wiring there is: one page of constructors, checked by the compiler.
final class Guardian {

    private static final Duration MEMORY_RETENTION = Duration.ofMinutes(15);

    private final ActorSystem<Void> system;
    private final NodeSettings settings;
    private final CurrentCatalogue catalogue;
    private final Storage storage;
    private final NodeSecret secret;
    private final Clock clock = Clock.systemUTC();
    private final Awake awake = new Awake();
    private final Streams streams = new Streams();
    private final OpenStreams open = new OpenStreams();
    private final CallTelemetry telemetry = new CallTelemetry(clock);
    private final Upstreams upstreams;
    private final Eras eras;
    private final Seal seal;
    private final LegacyFaces legacyFaces;
    private final Federations federations;
    private final Crossing crossing;
    private final CatalogueWays ways;
    private final Members members;
    private final Footing footing;
    private final Gatekeeper gatekeeper;

    Guardian(
            ActorSystem<Void> system,
            NodeSettings settings,
            CurrentCatalogue catalogue,
            Storage storage,
            NodeSecret secret) {
        this.system = system;
        this.settings = settings;
        this.catalogue = catalogue;
        this.storage = storage;
        this.secret = secret;
        this.members = new Members(system);
        this.footing = Pulse.of(system, settings.cluster());
        this.gatekeeper = new Gatekeeper(settings.crowd());
        this.upstreams = new Upstreams(system, settings.upstream(), gatekeeper::room);
        this.eras = new Eras(system, upstreams, settings.upstream().probing(), clock);
        this.seal = new Seal(SealKey.of(0, secret.sealKey()), List.of());
        this.legacyFaces = new LegacyFaces(
                system, settings.legacy(), settings.session().bounds().subscriptions(), seal, clock);
        this.federations =
                new Federations(system, settings.federation(), new Stamp(secret.stampKey()), clock, telemetry::failed);
        var faces = new Crossing.Faces(legacyFaces, settings.modern(), federations);
        this.crossing = new Crossing(system, upstreams, eras, faces, clock);
        this.ways = new CatalogueWays(catalogue, crossing);
    }

    /// Starts everything and opens the doors last.
    CompletionStage<Edge> open(Path declarations) {
        follow(declarations);
        farewells();
        var sessions = sessions();
        var sharding = ClusterSharding.get(system);
        sharding.init(SessionActor.init(sessions));
        var door = new SessionDoor(sharding, sessions);
        system.systemActorOf(
                Sweeper.create(door, sessions, settings.own().sweep(), members::leads), "sweeper", Props.empty());
        var calls = calls(door, sessions);
        var parent = system.systemActorOf(Calls.create(calls), "calls", Props.empty());
        var exchange = new Exchange(parent, calls, storage.directory());
        var routes = new McpRoutes.Ports(
                catalogue, gatekeeper, exchange, new Codec(settings.fromClients()), open, clock, footing);
        return Edge.open(
                system,
                new Edge.Plan(
                        settings.edge(),
                        settings.own().management(),
                        settings.own().keepAlive()),
                routes,
                counts());
    }

    private void follow(Path declarations) {
        var keeper = system.systemActorOf(
                CatalogueKeeper.create(declarations, settings.catalogue(), catalogue, clock),
                "catalogue",
                Props.empty());
        var kept = new Upkeep.Kept(upstreams, eras, crossing, ways, awake, open);
        keeper.tell(new CatalogueKeeper.Subscribe(
                system.systemActorOf(Upkeep.create(kept, catalogue, clock), "upkeep", Props.empty())));
    }

    /// A node that stops says goodbye to the upstreams it holds legs to.
    private void farewells() {
        CoordinatedShutdown.get(system)
                .addTask(
                        CoordinatedShutdown.PhaseServiceStop(),
                        "legs",
                        () -> crossing.faces().close().thenApply(_ -> Done.getInstance()));
    }

    private CallPorts calls(SessionDoor door, SessionPorts sessions) {
        return new CallPorts(
                gatekeeper, crossing, door, new SessionIds(secret.bytes()), sessions, seal, settings.call(), telemetry);
    }

    CurrentCatalogue catalogue() {
        return catalogue;
    }

    /// What clients read right now.
    Streams streams() {
        return streams;
    }

    private SessionPorts sessions() {
        var memory = new MemoryOutbox(
                new MemoryOutbox.Bounds(
                        settings.own().memoryStreams(),
                        settings.own().memoryBytes(),
                        MEMORY_RETENTION,
                        settings.session().absolute()),
                clock);
        Function<RouteId, Outbox> outbox = route -> catalogue
                .now()
                .route(route)
                .<Outbox>map(declared -> declared.journal() == Journal.MEMORY ? memory : storage.outbox())
                .orElseGet(storage::outbox);
        return new SessionPorts(
                settings.session(),
                system,
                outbox,
                storage.directory(),
                Storage.rows(system),
                streams,
                ways,
                clock,
                awake,
                members,
                footing);
    }

    /// What the node holds right now, which returns to where it was when nobody calls, and how calls ended.
    private HealthRoutes.Counts counts() {
        var held = new LinkedHashMap<String, LongSupplier>();
        held.put("members", members::serving);
        held.put("sessions", awake::count);
        held.put("streams", gatekeeper::streamsOpen);
        held.put("streamLogs", streams::count);
        held.put("calls", gatekeeper::callsUnderWay);
        held.put("permits", gatekeeper::held);
        held.put("messageBytes", gatekeeper::bytesHeld);
        held.put("questions", legacyFaces::waiting);
        held.put("upstreamConnections", upstreams::connections);
        held.put("legs", crossing.faces()::legs);
        held.put("parkedCalls", crossing.faces()::parked);
        held.put("listeners", crossing.faces()::listeners);
        held.put("federationListeners", federations::listeners);
        held.put("federationTaps", federations::taps);
        var ended = new LinkedHashMap<String, LongSupplier>();
        for (var outcome : Outcome.values()) {
            ended.put(named(outcome), () -> telemetry.count(outcome));
        }
        return new HealthRoutes.Counts(held, kept(), ended);
    }

    private SequencedMap<String, LongSupplier> kept() {
        var kept = new LinkedHashMap<String, LongSupplier>();
        kept.put("federationAnswers", federations::remembered);
        kept.put("federationLists", federations::joined);
        kept.put("federationBytes", federations::bytes);
        kept.put("federationHits", federations::hits);
        kept.put("federationMisses", federations::misses);
        kept.put("federationProblems", federations::problems);
        return kept;
    }

    private static String named(Outcome outcome) {
        return switch (outcome) {
            case ANSWERED -> "answered";
            case CANCELLED -> "cancelled";
            case NOT_SENT -> "notSent";
            case UNKNOWN -> "unknown";
            case DENIED -> "denied";
        };
    }
}
