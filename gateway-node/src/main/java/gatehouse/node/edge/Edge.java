package gatehouse.node.edge;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.util.ByteString;

/// The node's two doors, by path: MCP and bare health towards clients, full health towards operators.
public final class Edge {

    /// Where the doors are and how they behave.
    public record Plan(EdgeSettings settings, EdgeSettings.Bind management, Duration keepAlive) {
        /// The operators' door has the same limits, and no TLS: it is not for the network.
        private EdgeSettings behind() {
            return new EdgeSettings(
                    management,
                    new EdgeSettings.Plain(),
                    settings.publicHosts(),
                    settings.limits(),
                    settings.deadlines(),
                    settings.crowd());
        }
    }

    private static final String MCP = "/mcp/";

    private final EdgeServer clients;
    private final EdgeServer operators;
    private final AtomicBoolean ready;

    private Edge(EdgeServer clients, EdgeServer operators, AtomicBoolean ready) {
        this.clients = clients;
        this.operators = operators;
        this.ready = ready;
    }

    /// The door of the operators opens first, that of the clients last.
    public static CompletionStage<Edge> open(
            ActorSystem<?> system, Plan plan, McpRoutes.Ports ports, HealthRoutes.Counts counts) {
        var opened = new AtomicReference<EdgeServer>();
        var ready = new AtomicBoolean();
        var usage = new SseUsage(ports.clock());
        var refusals = new RefusalTally(ports.clock());
        var all = counts.with(usage, refusals)
                .holding(
                        "edgeConnections",
                        () -> opened.get() == null ? 0 : opened.get().openConnections());
        var health = new HealthRoutes(() -> ready.get() && ports.footing().holds(), ports.catalogue(), all);
        return EdgeServer.bind(system, plan.behind(), request -> operators(health, request), status -> {})
                .thenCompose(operators -> clients(system, plan, new Inside(ports, usage, refusals), health)
                        .thenApply(clients -> {
                            opened.set(clients);
                            ready.set(true);
                            return new Edge(clients, operators, ready);
                        })
                        .whenComplete((edge, failure) -> {
                            if (failure != null) {
                                operators.stop(Duration.ZERO);
                            }
                        }));
    }

    public InetSocketAddress address() {
        return clients.address();
    }

    public InetSocketAddress management() {
        return operators.address();
    }

    /// Says that nothing more should be sent here, and serves on.
    public void giveNotice() {
        ready.set(false);
    }

    /// Lets answers under way end within the grace.
    public CompletionStage<Done> stop(Duration grace) {
        giveNotice();
        return clients.stop(grace).thenCompose(done -> operators.stop(Duration.ZERO));
    }

    /// What requests of clients meet behind the door.
    private record Inside(McpRoutes.Ports ports, SseUsage usage, RefusalTally refusals) {}

    private static CompletionStage<EdgeServer> clients(
            ActorSystem<?> system, Plan plan, Inside inside, HealthRoutes health) {
        var routes = new AtomicReference<McpRoutes>();
        var refusals = inside.refusals();
        return EdgeServer.bind(
                        system,
                        plan.settings(),
                        request -> clients(routes.get(), health, refusals, request),
                        refusals::count)
                .thenApply(bound -> {
                    var origins = Origins.at(bound.address(), plan.settings().publicHosts());
                    var bodies = new Bodies(system, plan.settings().deadlines().body());
                    var answers = new Answers(system, plan.keepAlive(), refusals::count);
                    var older = new SseRoutes(system, inside.ports(), answers, bodies, inside.usage());
                    routes.set(new McpRoutes(system, inside.ports(), origins, answers, bodies, older));
                    return bound;
                });
    }

    private static CompletionStage<HttpResponse> clients(
            McpRoutes mcp, HealthRoutes health, RefusalTally refusals, HttpRequest request) {
        var path = request.getUri().path();
        if (path.startsWith(MCP)) {
            return mcp.handle(request, path.substring(MCP.length()));
        }
        return CompletableFuture.completedFuture(
                switch (path) {
                    case "/health/live" -> health.live();
                    case "/health/ready" -> health.ready();
                    default -> {
                        refusals.count(404);
                        yield nothing();
                    }
                });
    }

    private static CompletionStage<HttpResponse> operators(HealthRoutes health, HttpRequest request) {
        return CompletableFuture.completedFuture(
                switch (request.getUri().path()) {
                    case "/health/live" -> health.live();
                    case "/health/ready" -> health.ready();
                    case "/health/detail" -> meantForUs(request) ? health.detail() : misdirected();
                    default -> nothing();
                });
    }

    /// A web page that bent its own name to loopback must not read what operators read.
    private static boolean meantForUs(HttpRequest request) {
        var headers = new Headers(request);
        var host = headers.one("Host");
        return headers.all("Origin").isEmpty()
                && (host.matches("[0-9.]+(:[0-9]+)?") || host.matches("(localhost|\\[[0-9a-f:]+])(:[0-9]+)?"));
    }

    private static HttpResponse misdirected() {
        return Answers.json(421, ByteString.fromString("{\"error\":\"ask by address, not by name\"}"));
    }

    private static HttpResponse nothing() {
        return Answers.json(404, ByteString.fromString("{\"error\":\"nothing is here; MCP is at /mcp/{route}\"}"));
    }
}
