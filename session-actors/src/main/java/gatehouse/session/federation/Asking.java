package gatehouse.session.federation;

import gatehouse.config.catalogue.Course;
import gatehouse.session.mcp.Dialect;
import gatehouse.session.mcp.Id;
import gatehouse.session.mcp.Json;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Mirrors;
import gatehouse.session.mcp.Place;
import gatehouse.session.upstream.Event;
import gatehouse.session.upstream.Header;
import gatehouse.session.upstream.Outbound;
import gatehouse.session.upstream.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.javadsl.Sink;

/// What the gateway asks members on its own account, and what comes of it.
final class Asking {

    /// It names what it relays for clients, so that a member holds nothing back.
    private static final String ENVELOPE = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\""
            + Dialect.SUPPORTED_MODERN.getFirst().version() + "\",\"io.modelcontextprotocol/clientInfo\":"
            + "{\"name\":\"gatehouse\",\"version\":\"0.1\"},\"io.modelcontextprotocol/clientCapabilities\":"
            + "{\"elicitation\":{\"form\":{},\"url\":{}},\"sampling\":{},\"roots\":{},"
            + "\"extensions\":{\"io.modelcontextprotocol/tasks\":{},\"io.modelcontextprotocol/ui\":"
            + "{\"mimeTypes\":[\"text/html;profile=mcp-app\"]}}}}";

    private final ActorSystem<?> system;
    private final AtomicLong asked = new AtomicLong();

    Asking(ActorSystem<?> system) {
        this.system = system;
    }

    /// A request with the gateway's own envelope.
    ///
    /// @param members of its params as JSON, empty or each with a comma behind it
    Message request(String method, String members) {
        return Message.request(
                new Id.Text("gh-joint-" + asked.incrementAndGet()), method, "{" + members + ENVELOPE + "}");
    }

    Message page(ListKind kind, Optional<String> cursor) {
        return request(
                kind.method(),
                cursor.map(text -> "\"cursor\":" + Json.quote(text) + ",").orElse(""));
    }

    /// As asked for the sake of a request: on the same behalf, after as many hops.
    static Outbound.Post post(Joint joint, Message request, Duration deadline) {
        var headers = new ArrayList<>(headers(request));
        headers.addAll(joint.hops());
        return new Outbound.Post(request, headers, deadline, joint.owner());
    }

    static List<Header> headers(Message message) {
        var headers = new ArrayList<Header>();
        Mirrors.headers(message).forEach((name, value) -> headers.add(new Header(name, value)));
        return headers;
    }

    /// The result, or an error of the member's; fails with [Unreached]. Cancelling it gives the exchange up.
    CompletableFuture<Message> answer(Joint joint, Course.Member member, Message request, Duration deadline) {
        var sent = joint.peer(member).send(post(joint, request, deadline));
        var answer = sent.thenCompose(reply -> read(reply, request.id().orElseThrow()));
        var _ = answer.whenComplete((message, failure) -> sent.cancel(true));
        return answer;
    }

    private CompletableFuture<Message> read(Reply reply, Id id) {
        return switch (reply) {
            case Reply.Single(var message, var session) -> whole(Optional.of(message), id);
            case Reply.Refused(var status, var body, var session) ->
                body.isEmpty() ? unreached() : whole(Optional.of(body.getFirst().withId(id)), id);
            case Reply.Streamed(var events, var session) ->
                events.mapConcat(Event::message)
                        .filter(message -> isAnswer(message, id))
                        .runWith(Sink.headOption(), system)
                        .toCompletableFuture()
                        .thenCompose(message -> whole(message, id));
            case Reply.Accepted accepted -> unreached();
            case Reply.Failed failed -> unreached();
        };
    }

    private static CompletableFuture<Message> whole(Optional<Message> message, Id id) {
        return message.filter(found -> isAnswer(found, id))
                .map(CompletableFuture::completedFuture)
                .orElseGet(Asking::unreached);
    }

    private static boolean isAnswer(Message message, Id id) {
        return switch (message.kind()) {
            case RESULT, ERROR -> message.id().filter(id::equals).isPresent();
            case REQUEST, NOTIFICATION -> false;
        };
    }

    private static CompletableFuture<Message> unreached() {
        return CompletableFuture.failedFuture(new Unreached());
    }

    /// How long a result says it is good; nothing and nonsense mean: not at all.
    static Duration life(Message result) {
        var millis = result.raw(Place.RESULT_TTL_MS)
                .map(json -> json.utf8String())
                .filter(text -> text.matches("[0-9]{1,15}"))
                .map(Long::valueOf)
                .orElse(0L);
        return Duration.ofMillis(millis);
    }

    /// Only what says so may be shared.
    static boolean shared(Message result) {
        return result.text(Place.RESULT_CACHE_SCOPE).filter("public"::equals).isPresent();
    }
}
