package gatehouse.node.edge;

import gatehouse.config.catalogue.Access;
import gatehouse.config.catalogue.Catalogue;
import gatehouse.config.catalogue.Course;
import gatehouse.config.catalogue.CurrentCatalogue;
import gatehouse.config.catalogue.Journal;
import gatehouse.config.catalogue.Route;
import gatehouse.config.catalogue.RouteId;
import gatehouse.config.cluster.Footing;
import gatehouse.policy.Gatekeeper;
import gatehouse.policy.verdict.Denial;
import gatehouse.policy.verdict.Principal;
import gatehouse.policy.verdict.Proof;
import gatehouse.session.Exchange;
import gatehouse.session.mcp.Codec;
import gatehouse.session.mcp.Codes;
import gatehouse.session.mcp.Refusal;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/// `/mcp/{route}`: how HTTP carries MCP, and nothing of what it means.
public final class McpRoutes {

    /// What a request to any route meets, in this order.
    public record Ports(
            CurrentCatalogue catalogue,
            Gatekeeper gatekeeper,
            Exchange exchange,
            Codec codec,
            OpenStreams streams,
            InstantSource clock,
            Footing footing) {}

    /// Stands in for a route that is not declared, so that nobody learns which are.
    private static final Route NOWHERE =
            new Route(new RouteId(""), List.of(), new Access(false, Set.of(), Set.of()), Set.of(), Journal.MEMORY, 0);

    private final Ports ports;
    private final Origins origins;
    private final Answers answers;
    private final McpMethods methods;
    private final SseRoutes older;

    McpRoutes(ActorSystem<?> system, Ports ports, Origins origins, Answers answers, Bodies bodies, SseRoutes older) {
        this.ports = ports;
        this.origins = origins;
        this.answers = answers;
        this.methods = new McpMethods(system, ports, answers, bodies);
        this.older = older;
    }

    /// What serves a request that was let in.
    private interface Served {
        CompletionStage<HttpResponse> by(Headers headers, McpMethods.Way way);
    }

    /// @param path what follows `/mcp/`
    CompletionStage<HttpResponse> handle(HttpRequest request, String path) {
        if (!ports.footing().holds()) {
            return now(answers.refused(Refusal.of(new Denial.Unavailable("node"))));
        }
        var catalogue = ports.catalogue().now();
        var slash = path.indexOf('/');
        var rest = slash < 0 ? "" : path.substring(slash + 1);
        if (!SseRoutes.serves(rest)) {
            var route = catalogue.route(new RouteId(path)).orElse(NOWHERE);
            return handle(request, route, catalogue, (headers, way) -> methods.handle(request, headers, way));
        }
        var route = catalogue.route(new RouteId(path.substring(0, slash))).orElse(NOWHERE);
        return handle(
                request,
                route,
                catalogue,
                (headers, way) -> older.handle(request, headers, way, rest)
                        .thenApply(response -> Farewell.on(response, way.route())));
    }

    private CompletionStage<HttpResponse> handle(HttpRequest request, Route route, Catalogue catalogue, Served served) {
        var headers = new Headers(request);
        var origin = headers.all("Origin");
        return switch (origins.judge(origin, headers.all("Host"), route.origins())) {
            case Origins.BadHost badHost -> refused(421, "this edge does not answer for the host named by `Host`");
            case Origins.BadOrigin badOrigin ->
                refused(403, "calls from this web origin are not allowed on this route");
            case Origins.Allowed allowed ->
                (request.method().name().equals("OPTIONS")
                                ? preflight(headers, route)
                                : proven(headers, route, catalogue, served))
                        .thenApply(response -> origin.isEmpty()
                                ? response
                                : shared(response, Cors.headers(origin.getFirst(), route.origins())));
        };
    }

    private CompletionStage<HttpResponse> proven(Headers headers, Route route, Catalogue catalogue, Served served) {
        if (Content.judgeNames(headers.names()) instanceof Content.Repeated(var name)) {
            return refused(400, "header " + name + " is there twice");
        }
        var credential = Credentials.of(headers.all("Authorization"), headers.all("X-MCP-Agent-Key"));
        return switch (ports.gatekeeper()
                .prove(credential, route, catalogue, ports.clock().instant())) {
            case Proof.Unproven(var denial) -> now(answers.refused(Refusal.of(denial)));
            case Proof.Proven(var principal) ->
                entitled(principal, route, catalogue)
                        .map(course -> served.by(headers, new McpMethods.Way(principal, route, course, credential)))
                        .orElseGet(() -> now(answers.refused(Refusal.of(new Denial.Forbidden()))));
        };
    }

    /// Whoever may not use a route learns nothing about it, whatever else is wrong with the request.
    private Optional<Course> entitled(Principal principal, Route route, Catalogue catalogue) {
        return ports.gatekeeper().permits(principal, route) ? catalogue.course(route) : Optional.empty();
    }

    private CompletionStage<HttpResponse> preflight(Headers headers, Route route) {
        var origin = headers.one("Origin");
        return Cors.preflight(origin, route.origins(), headers.all("Access-Control-Request-Headers"))
                .map(allowed -> now(shared(HttpResponse.create().withStatus(204), allowed)))
                .orElseGet(() -> refused(403, "calls from this web origin are not allowed on this route"));
    }

    private static HttpResponse shared(HttpResponse response, Map<String, String> headers) {
        var shared = response;
        for (var header : headers.entrySet()) {
            shared = shared.addHeader(Headers.raw(header.getKey(), header.getValue()));
        }
        return shared;
    }

    private CompletionStage<HttpResponse> refused(int status, String text) {
        return now(answers.refused(new Refusal(status, Codes.LEGACY_TRANSPORT, text)));
    }

    private static CompletionStage<HttpResponse> now(HttpResponse response) {
        return CompletableFuture.completedFuture(response);
    }
}
