package gatehouse.node;

import gatehouse.config.catalogue.CurrentCatalogue;
import gatehouse.config.catalogue.Journal;
import gatehouse.config.catalogue.RouteId;
import gatehouse.config.gitops.CatalogueKeeper;
import gatehouse.node.edge.Edge;
import gatehouse.node.edge.McpRoutes;
import gatehouse.persistence.Storage;
import gatehouse.policy.Gatekeeper;
import gatehouse.session.Exchange;
import gatehouse.session.call.CallPorts;
import gatehouse.session.call.CallTelemetry;
import gatehouse.session.call.Calls;
import gatehouse.session.crossing.CatalogueWays;
import gatehouse.session.crossing.Crossing;
import gatehouse.session.federation.Federations;
import gatehouse.session.federation.Stamp;
import gatehouse.session.lifecycle.MemoryOutbox;
import gatehouse.session.lifecycle.Outbox;
import gatehouse.session.lifecycle.SessionActor;
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
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntSupplier;
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
    private final AtomicInteger awake = new AtomicInteger();
    private final Streams streams = new Streams();
    private final Upstreams upstreams;
    private final Eras eras;
    private final Federations federations;
    private final Crossing crossing;
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
        this.upstreams = new Upstreams(system, settings.upstream());
        this.eras = new Eras(system, upstreams, settings.upstream().probing(), clock);
        this.federations = new Federations(system, settings.federation(), new Stamp(secret.stampKey()), clock);
        this.crossing = new Crossing(upstreams, eras, federations);
        this.gatekeeper = new Gatekeeper(settings.crowd());
    }

    /// Starts everything and opens the doors last.
    CompletionStage<Edge> open(Path declarations) {
        var keeper = system.systemActorOf(
                CatalogueKeeper.create(declarations, settings.catalogue(), catalogue, clock),
                "catalogue",
                Props.empty());
        keeper.tell(new CatalogueKeeper.Subscribe(
                system.systemActorOf(Upkeep.create(upstreams, eras, federations, catalogue), "upkeep", Props.empty())));
        var sessions = sessions();
        var sharding = ClusterSharding.get(system);
        sharding.init(SessionActor.init(sessions));
        system.systemActorOf(
                Sweeper.create(
                        sharding,
                        storage.directory(),
                        settings.session(),
                        settings.own().sweep(),
                        clock),
                "sweeper",
                Props.empty());
        var calls = new CallPorts(
                gatekeeper,
                crossing,
                sharding,
                new SessionIds(secret.bytes()),
                sessions,
                new Seal(SealKey.of(0, secret.sealKey()), List.of()),
                settings.call(),
                new CallTelemetry());
        var parent = system.systemActorOf(Calls.create(calls), "calls", Props.empty());
        var exchange = new Exchange(parent, calls, storage.directory());
        var routes = new McpRoutes.Ports(catalogue, gatekeeper, exchange, new Codec(settings.fromClients()), clock);
        return Edge.open(
                system,
                new Edge.Plan(
                        settings.edge(),
                        settings.own().management(),
                        settings.own().keepAlive()),
                routes,
                counts());
    }

    private SessionPorts sessions() {
        var memory = new MemoryOutbox(settings.own().memoryStreams(), MEMORY_RETENTION, clock);
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
                streams,
                new CatalogueWays(catalogue, crossing),
                clock,
                awake);
    }

    /// What the node holds right now; all of it returns to where it was when nobody calls, but for what is
    /// remembered of
    /// joined routes.
    private Map<String, IntSupplier> counts() {
        var counts = new LinkedHashMap<String, IntSupplier>();
        counts.put("sessions", awake::get);
        counts.put("streams", gatekeeper::streamsOpen);
        counts.put("streamLogs", streams::count);
        counts.put("calls", gatekeeper::callsUnderWay);
        counts.put("permits", gatekeeper::held);
        counts.put("upstreamConnections", upstreams::connections);
        counts.put("federationAnswers", federations::remembered);
        counts.put("federationLists", federations::joined);
        counts.put("federationBytes", federations::bytes);
        counts.put("federationListeners", federations::listeners);
        counts.put("federationTaps", federations::taps);
        counts.put("federationProblems", federations::problems);
        return counts;
    }
}
