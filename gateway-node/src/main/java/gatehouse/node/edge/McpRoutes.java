package gatehouse.node.edge;

import gatehouse.config.catalogue.Access;
import gatehouse.config.catalogue.Catalogue;
import gatehouse.config.catalogue.Course;
import gatehouse.config.catalogue.CurrentCatalogue;
import gatehouse.config.catalogue.Journal;
import gatehouse.config.catalogue.Route;
import gatehouse.config.catalogue.RouteId;
import gatehouse.policy.Gatekeeper;
import gatehouse.policy.verdict.Denial;
import gatehouse.policy.verdict.Principal;
import gatehouse.policy.verdict.Proof;
import gatehouse.session.Exchange;
import gatehouse.session.call.Inbound;
import gatehouse.session.call.Visit;
import gatehouse.session.mcp.Codec;
import gatehouse.session.mcp.Codes;
import gatehouse.session.mcp.Dialect;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Reading;
import gatehouse.session.mcp.Refusal;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/// `/mcp/{route}`: how HTTP carries MCP, and nothing of what it means.
public final class McpRoutes {

    /// What a request to any route meets, in this order.
    public record Ports(
            CurrentCatalogue catalogue, Gatekeeper gatekeeper, Exchange exchange, Codec codec, InstantSource clock) {}

    /// Stands in for a route that is not declared, so that nobody learns which are.
    private static final Route NOWHERE =
            new Route(new RouteId(""), List.of(), new Access(false, Set.of(), Set.of()), Set.of(), Journal.MEMORY, 0);

    private final Ports ports;
    private final Origins origins;
    private final Answers answers;
    private final Bodies bodies;

    McpRoutes(Ports ports, Origins origins, Answers answers, Bodies bodies) {
        this.ports = ports;
        this.origins = origins;
        this.answers = answers;
        this.bodies = bodies;
    }

    CompletionStage<HttpResponse> handle(HttpRequest request, String name) {
        var catalogue = ports.catalogue().now();
        var route = catalogue.route(new RouteId(name)).orElse(NOWHERE);
        var headers = new Headers(request);
        var origin = headers.all("Origin");
        return switch (origins.judge(origin, headers.all("Host"), route.origins())) {
            case Origins.BadHost badHost -> refused(421, "this edge does not answer for the host named by `Host`");
            case Origins.BadOrigin badOrigin ->
                refused(403, "calls from this web origin are not allowed on this route");
            case Origins.Allowed allowed ->
                proven(request, headers, route, catalogue)
                        .thenApply(response -> origin.isEmpty()
                                ? response
                                : shared(response, Cors.headers(origin.getFirst(), route.origins())));
        };
    }

    private CompletionStage<HttpResponse> proven(
            HttpRequest request, Headers headers, Route route, Catalogue catalogue) {
        if (request.method().name().equals("OPTIONS")) {
            return preflight(headers, route);
        }
        if (Content.judgeNames(headers.names()) instanceof Content.Repeated(var name)) {
            return refused(400, "header " + name + " is there twice");
        }
        var credential = Credentials.of(headers.all("Authorization"), headers.all("X-MCP-Agent-Key"));
        return switch (ports.gatekeeper()
                .prove(credential, route, catalogue, ports.clock().instant())) {
            case Proof.Unproven(var denial) -> now(answers.refused(Refusal.of(denial)));
            case Proof.Proven(var principal) ->
                catalogue
                        .course(route)
                        .map(course -> method(request, headers, new Way(principal, route, course)))
                        .orElseGet(() -> now(answers.refused(Refusal.of(new Denial.Forbidden()))));
        };
    }

    /// Who goes where.
    private record Way(Principal principal, Route route, Course course) {}

    private CompletionStage<HttpResponse> method(HttpRequest request, Headers headers, Way way) {
        return switch (request.method().name()) {
            case "POST" -> post(request, headers, way);
            case "GET" -> get(headers, way);
            case "DELETE" -> delete(headers, way);
            default -> notAllowed();
        };
    }

    private CompletionStage<HttpResponse> post(HttpRequest request, Headers headers, Way way) {
        var verdict =
                Content.judgePost(headers.all("Content-Type"), headers.all("Content-Encoding"), headers.all("Accept"));
        return switch (verdict) {
            case Content.Repeated(var name) -> refused(400, "header " + name + " is there twice");
            case Content.Unsupported(var expected) -> refused(415, "the body must be " + expected);
            case Content.NotAccepted(var missing) ->
                refused(406, "`Accept` must list application/json and text/event-stream; it lacks " + missing);
            case Content.Understood understood ->
                bodies.read(request.entity(), way.route().body()).thenCompose(body -> switch (body) {
                    case Bodies.TooLarge(var most) -> refused(413, "the body has more than " + most + " bytes");
                    case Bodies.Broken broken -> refused(400, "the body did not arrive whole");
                    case Bodies.Whole(var bytes) ->
                        switch (ports.codec().fromClient(bytes)) {
                            case Reading.Malformed malformed -> malformed(malformed);
                            case Reading.Read(var message) -> send(headers, way, message);
                        };
                });
        };
    }

    private CompletionStage<HttpResponse> send(Headers headers, Way way, Message message) {
        var inbound = new Inbound(
                way.principal(),
                way.route(),
                way.course(),
                message,
                headers.one("Mcp-Session-Id"),
                headers.one("MCP-Protocol-Version"),
                headers.passed(),
                headers::all,
                headers.gone());
        return ports.exchange().send(inbound).thenApply(answers::http);
    }

    private CompletionStage<HttpResponse> get(Headers headers, Way way) {
        if (modern(headers)) {
            return notAllowed();
        }
        if (!(Content.judgeGet(headers.all("Accept")) instanceof Content.Understood)) {
            return refused(406, "`Accept` must list text/event-stream");
        }
        if (headers.one("Mcp-Session-Id").isEmpty()) {
            return refused(400, "header Mcp-Session-Id is missing: send `initialize` first");
        }
        return ports.exchange().listen(visit(headers, way)).thenApply(answers::http);
    }

    private CompletionStage<HttpResponse> delete(Headers headers, Way way) {
        if (modern(headers)) {
            return notAllowed();
        }
        return headers.one("Mcp-Session-Id").isEmpty()
                ? refused(400, "header Mcp-Session-Id is missing: there is nothing to end")
                : ports.exchange().end(visit(headers, way)).thenApply(answers::http);
    }

    private static Visit visit(Headers headers, Way way) {
        return new Visit(
                way.principal(),
                way.route(),
                way.course(),
                headers.one("Mcp-Session-Id"),
                headers.one("Last-Event-ID"));
    }

    private static boolean modern(Headers headers) {
        return Dialect.of(headers.one("MCP-Protocol-Version"))
                .filter(Dialect::modern)
                .isPresent();
    }

    private CompletionStage<HttpResponse> malformed(Reading.Malformed malformed) {
        var refusal = Refusal.of(malformed.fault(), malformed.text());
        return now(malformed
                .id()
                .map(id -> Answers.json(refusal.status(), refusal.message(id).bytes()))
                .orElseGet(() -> answers.refused(refusal)));
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

    private CompletionStage<HttpResponse> notAllowed() {
        return refused(405, "only POST, and for revisions before 2026-07-28 GET and DELETE of a session")
                .thenApply(response -> response.addHeader(Headers.raw("Allow", "POST, GET, DELETE")));
    }

    private CompletionStage<HttpResponse> refused(int status, String text) {
        return now(answers.refused(new Refusal(status, Codes.LEGACY_TRANSPORT, text)));
    }

    private static CompletionStage<HttpResponse> now(HttpResponse response) {
        return CompletableFuture.completedFuture(response);
    }
}
