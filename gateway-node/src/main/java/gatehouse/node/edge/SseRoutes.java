package gatehouse.node.edge;

import gatehouse.config.catalogue.Catalogue;
import gatehouse.config.catalogue.Route;
import gatehouse.policy.verdict.Admission;
import gatehouse.policy.verdict.Call;
import gatehouse.policy.verdict.Permits;
import gatehouse.session.call.Held;
import gatehouse.session.call.Inbound;
import gatehouse.session.mcp.Codes;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Reading;
import gatehouse.session.mcp.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.javadsl.Source;

/// `/mcp/{route}/sse` and `/mcp/{route}/messages`: HTTP+SSE of 2024-11-05, for clients that know nothing newer, for as
/// long as their route says.
final class SseRoutes {

    private static final String STREAM = "sse";
    private static final String MESSAGES = "messages";
    private static final List<String> EITHER = List.of("application/json, text/event-stream");

    /// A stream ends after this, so that none outlives what nobody thinks of any more.
    private static final Duration LONGEST = Duration.ofDays(1);

    private static final int ACCEPTED = 202;
    private static final int GONE = 410;

    private final SseNames names = new SseNames();
    private final ActorSystem<?> system;
    private final McpRoutes.Ports ports;
    private final Answers answers;
    private final Bodies bodies;
    private final SseUsage usage;
    private final Map<String, SseStream> streams = new ConcurrentHashMap<>(); // as many as are admitted

    SseRoutes(ActorSystem<?> system, McpRoutes.Ports ports, Answers answers, Bodies bodies, SseUsage usage) {
        this.system = system;
        this.ports = ports;
        this.answers = answers;
        this.bodies = bodies;
        this.usage = usage;
    }

    /// Whether what follows a route's name belongs here.
    static boolean serves(String rest) {
        return rest.equals(STREAM) || rest.equals(MESSAGES);
    }

    /// Whoever comes here may use the route, so may learn whether it serves such clients.
    CompletionStage<HttpResponse> handle(HttpRequest request, Headers headers, McpMethods.Way way, String rest) {
        var route = way.route();
        if (!route.servesSse()) {
            return refused(404, Codes.LEGACY_TRANSPORT, "HTTP+SSE is not served on this route; " + instead(route));
        }
        if (!ports.clock().instant().isBefore(route.sse())) {
            return refused(
                    GONE, Refusal.OVER, "HTTP+SSE ended on this route at " + route.sse() + "; " + instead(route));
        }
        var method = request.method().name();
        if (rest.equals(STREAM)) {
            return method.equals("GET") ? open(headers, way) : notAllowed("GET");
        }
        return method.equals("POST") ? post(request, headers, way) : notAllowed("POST");
    }

    private static String instead(Route route) {
        return "use Streamable HTTP: POST to /mcp/" + route.id().value();
    }

    private CompletionStage<HttpResponse> open(Headers headers, McpMethods.Way way) {
        if (!(Content.judgeGet(headers.all("Accept")) instanceof Content.Understood)) {
            return refused(406, Codes.LEGACY_TRANSPORT, "`Accept` must list text/event-stream");
        }
        return switch (ports.gatekeeper().admitStream(call(way), "")) {
            case Admission.Denied(var denial) -> now(answers.refused(Refusal.of(denial)));
            case Admission.Granted(var permits) -> now(begin(way, permits));
        };
    }

    private HttpResponse begin(McpMethods.Way way, Permits permits) {
        var id = names.mint();
        var stream = new SseStream(system, ports.exchange(), way);
        streams.put(id, stream);
        usage.opened(way.principal(), way.route());
        var path = "/mcp/" + way.route().id().value() + "/messages?sessionId=" + id;
        var events =
                Source.single(Answers.endpoint(path)).concat(stream.messages().map(Answers::message));
        Runnable end = () -> {
            streams.remove(id);
            stream.close();
            permits.giveBack();
            usage.closed();
        };
        var lasting = ports.streams().whileHolds(holds(way), events).takeWithin(LONGEST);
        return answers.events(
                Held.until(lasting, end, system), ports.gatekeeper().room(way.principal()), full -> Optional.empty());
    }

    /// What let the client in, and that its route still serves such clients.
    private BiPredicate<Catalogue, Instant> holds(McpMethods.Way way) {
        var standing = ports.gatekeeper().standing(way.principal(), way.route(), way.credential());
        return (catalogue, now) -> standing.holds(catalogue, now)
                && catalogue
                        .route(way.route().id())
                        .filter(route -> now.isBefore(route.sse()))
                        .isPresent();
    }

    private CompletionStage<HttpResponse> post(HttpRequest request, Headers headers, McpMethods.Way way) {
        var session = SseNames.in(request);
        if (session.isEmpty()) {
            return refused(400, Codes.LEGACY_TRANSPORT, "sessionId is missing: GET /mcp/{route}/sse names the address");
        }
        var stream = Optional.ofNullable(streams.get(session.get())).filter(known -> known.isOf(way));
        if (stream.isEmpty()) {
            return refused(404, Codes.LEGACY_UNKNOWN_SESSION, "no such session: its event stream has ended");
        }
        return switch (Content.judgePost(headers.all("Content-Type"), headers.all("Content-Encoding"), EITHER)) {
            case Content.Understood _ -> read(request, headers, way, stream.get());
            case Content.Repeated _, Content.Unsupported _, Content.NotAccepted _ ->
                refused(415, Codes.LEGACY_TRANSPORT, "the body must be application/json; charset=utf-8");
        };
    }

    private CompletionStage<HttpResponse> read(
            HttpRequest request, Headers headers, McpMethods.Way way, SseStream stream) {
        var room = ports.gatekeeper().room(way.principal());
        return bodies.read(request.entity(), way.route().body(), room)
                .thenCompose(body -> switch (body) {
                    case Bodies.TooLarge(var most) ->
                        refused(413, Codes.LEGACY_TRANSPORT, "the body has more than " + most + " bytes");
                    case Bodies.NoRoom(var denial) -> now(answers.refused(Refusal.of(denial)));
                    case Bodies.Broken _ -> refused(400, Codes.LEGACY_TRANSPORT, "the body did not arrive whole");
                    case Bodies.Whole(var bytes) ->
                        switch (ports.codec().fromClient(bytes)) {
                            case Reading.Malformed malformed -> now(answers.malformed(malformed));
                            case Reading.Read(var message) ->
                                stream.post(inbound(headers, way, message), room)
                                        .thenApply(answers::http);
                        };
                })
                .whenComplete((response, failure) -> {
                    if (response == null || response.status().intValue() != ACCEPTED) {
                        room.giveBack();
                    }
                });
    }

    private static Inbound inbound(Headers headers, McpMethods.Way way, Message message) {
        return new Inbound(
                way.principal(),
                way.route(),
                way.course(),
                message,
                "",
                headers.one("MCP-Protocol-Version"),
                headers.passed(),
                headers::all,
                headers.gone(),
                false);
    }

    private static Call call(McpMethods.Way way) {
        return new Call(way.principal(), way.route(), way.course());
    }

    private CompletionStage<HttpResponse> notAllowed(String method) {
        return refused(405, Codes.LEGACY_TRANSPORT, "only " + method + " is understood here")
                .thenApply(response -> response.addHeader(Headers.raw("Allow", method)));
    }

    private CompletionStage<HttpResponse> refused(int status, int code, String text) {
        return now(answers.refused(new Refusal(status, code, text)));
    }

    private static CompletionStage<HttpResponse> now(HttpResponse response) {
        return CompletableFuture.completedFuture(response);
    }
}
