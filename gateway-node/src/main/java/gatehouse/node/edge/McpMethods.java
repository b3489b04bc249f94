package gatehouse.node.edge;

import gatehouse.config.catalogue.Course;
import gatehouse.config.catalogue.Route;
import gatehouse.policy.Gatekeeper;
import gatehouse.policy.rate.Load;
import gatehouse.policy.verdict.Credential;
import gatehouse.policy.verdict.Denial;
import gatehouse.policy.verdict.Principal;
import gatehouse.session.Exchange;
import gatehouse.session.call.Answer;
import gatehouse.session.call.Held;
import gatehouse.session.call.Inbound;
import gatehouse.session.call.Visit;
import gatehouse.session.mcp.Batch;
import gatehouse.session.mcp.Codec;
import gatehouse.session.mcp.Codes;
import gatehouse.session.mcp.Dialect;
import gatehouse.session.mcp.Fault;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Place;
import gatehouse.session.mcp.Reading;
import gatehouse.session.mcp.Refusal;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/// What each HTTP method does on a route, for those who were let in.
final class McpMethods {

    /// Who goes where, and what let them in.
    record Way(Principal principal, Route route, Course course, Credential credential) {}

    private final ActorSystem<?> system;
    private final Gatekeeper gatekeeper;
    private final Exchange exchange;
    private final Codec codec;
    private final OpenStreams streams;
    private final Answers answers;
    private final Bodies bodies;
    private final BatchPosts batches;

    McpMethods(ActorSystem<?> system, McpRoutes.Ports ports, Answers answers, Bodies bodies) {
        this.system = system;
        this.gatekeeper = ports.gatekeeper();
        this.exchange = ports.exchange();
        this.codec = ports.codec();
        this.streams = ports.streams();
        this.answers = answers;
        this.bodies = bodies;
        this.batches = new BatchPosts(exchange, answers);
    }

    CompletionStage<HttpResponse> handle(HttpRequest request, Headers headers, Way way) {
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
            case Content.Unsupported(var expected) ->
                refused(415, "the body must be " + expected + ": send it with `Content-Type: application/json`");
            case Content.NotAccepted(var missing) ->
                refused(406, "`Accept` must list application/json and text/event-stream; it lacks " + missing);
            case Content.Understood understood -> read(request, headers, way);
        };
    }

    private CompletionStage<HttpResponse> read(HttpRequest request, Headers headers, Way way) {
        var room = gatekeeper.room(way.principal());
        return bodies.read(request.entity(), way.route().body(), room)
                .thenCompose(body -> switch (body) {
                    case Bodies.TooLarge(var most) -> refused(413, "the body has more than " + most + " bytes");
                    case Bodies.NoRoom(var denial) -> now(answers.refused(Refusal.of(denial)));
                    case Bodies.Broken broken -> refused(400, "the body did not arrive whole");
                    case Bodies.Whole(var bytes) ->
                        switch (codec.fromClient(bytes)) {
                            case Reading.Malformed malformed
                            when malformed.fault() == Fault.BATCH -> several(headers, way, bytes, malformed, room);
                            case Reading.Malformed malformed -> now(answers.malformed(malformed));
                            case Reading.Read(var message) -> send(headers, way, message, room);
                        };
                })
                .whenComplete((response, failure) -> {
                    if (failure != null || response.entity().isStrict()) {
                        room.giveBack(); // a stream may still need its request, and gives back when it ends
                    }
                });
    }

    /// Only where its session takes it is a batch read at all.
    private CompletionStage<HttpResponse> several(
            Headers headers, Way way, ByteString body, Reading.Malformed otherwise, Load room) {
        return exchange.judgeBatch(visit(headers, way), Refusal.of(otherwise.fault(), otherwise.text()))
                .thenCompose(refusal -> {
                    if (refusal.isPresent()) {
                        return now(answers.refused(refusal.get()));
                    }
                    return switch (codec.batchFromClient(body)) {
                        case Reading.Malformed malformed -> now(answers.malformed(malformed));
                        case Batch.Read(var messages) ->
                            batches.send(
                                    messages.stream()
                                            .map(message -> inbound(headers, way, message))
                                            .toList(),
                                    room);
                    };
                });
    }

    private static Inbound inbound(Headers headers, Way way, Message message) {
        return new Inbound(
                way.principal(),
                way.route(),
                way.course(),
                message,
                headers.one("Mcp-Session-Id"),
                headers.one("MCP-Protocol-Version"),
                headers.passed(),
                headers::all,
                headers.gone(),
                false);
    }

    private CompletionStage<HttpResponse> send(Headers headers, Way way, Message message, Load room) {
        return exchange.send(inbound(headers, way, message))
                .thenApply(answer -> answer instanceof Answer.Streamed(var messages)
                        ? answers.stream(
                                Held.until(lasting(messages, way), room::giveBack, system),
                                gatekeeper.room(way.principal()),
                                denial -> lastWords(message, denial))
                        : answers.http(answer, message.id().stream().toList(), room));
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
        return exchange.listen(visit(headers, way))
                .thenApply(answer -> answer instanceof Answer.Streamed(var messages)
                        ? answers.stream(
                                lasting(messages, way), gatekeeper.room(way.principal()), denial -> Optional.empty())
                        : answers.http(answer));
    }

    private CompletionStage<HttpResponse> delete(Headers headers, Way way) {
        if (modern(headers)) {
            return notAllowed();
        }
        return headers.one("Mcp-Session-Id").isEmpty()
                ? refused(400, "header Mcp-Session-Id is missing: there is nothing to end")
                : exchange.end(visit(headers, way)).thenApply(answers::http);
    }

    /// A stream lasts no longer than what let its client in.
    private <T> Source<T, NotUsed> lasting(Source<T, NotUsed> messages, Way way) {
        var standing = gatekeeper.standing(way.principal(), way.route(), way.credential());
        return streams.whileHolds(standing::holds, messages);
    }

    /// What there was no room for is had again by who can resume; all others are told.
    private static Optional<Message> lastWords(Message request, Denial denial) {
        return request.has(Place.META_PROTOCOL_VERSION)
                ? request.id().map(id -> Refusal.noRoom(denial).message(id))
                : Optional.empty();
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
