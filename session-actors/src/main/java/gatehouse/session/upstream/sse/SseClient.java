package gatehouse.session.upstream.sse;

import gatehouse.session.mcp.Message;
import gatehouse.session.upstream.Fault;
import gatehouse.session.upstream.Header;
import gatehouse.session.upstream.Line;
import gatehouse.session.upstream.Outbound;
import gatehouse.session.upstream.Peer;
import gatehouse.session.upstream.Reply;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// Shows an upstream that speaks only HTTP+SSE as one that speaks Streamable HTTP with sessions.
///
/// `initialize` opens the event stream; an id of ours stands for it as the session's. A stream that broke is a session
/// nobody knows: whoever carries calls opens another, as they do for any upstream that forgot a session.
public final class SseClient implements Peer, AutoCloseable {

    /// How our ids begin, so that a session that is no more is still known to have been one of these.
    private static final String PREFIX = "gatehouse-sse-";

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int NOT_FOUND = 404;
    private static final int BAD_REQUEST = 400;

    private static final Reply LATE = new Reply.Failed(Fault.tooSlow("upstream did not answer in time"));
    private static final Reply BROKEN = new Reply.Failed(Fault.unknown("session could not be opened"));

    private final Line line;
    private final Map<String, SseSession> sessions = new ConcurrentHashMap<>(); // each holds a stream of the line's

    public SseClient(Line line) {
        this.line = line;
    }

    /// Whether this belongs to a session that such a client once opened.
    public static boolean isFor(Outbound outbound) {
        return session(outbound).startsWith(PREFIX);
    }

    @Override
    public CompletableFuture<Reply> send(Outbound outbound) {
        var id = session(outbound);
        if (id.isEmpty()) {
            return outbound instanceof Outbound.Post post
                            && post.message().method().equals("initialize")
                    ? open(post)
                    : now(new Reply.Refused(BAD_REQUEST, List.of(), ""));
        }
        return Optional.ofNullable(sessions.get(id))
                .map(session -> inSession(session, outbound))
                .orElseGet(() -> now(new Reply.Refused(NOT_FOUND, List.of(), "")));
    }

    private static CompletableFuture<Reply> inSession(SseSession session, Outbound outbound) {
        return switch (outbound) {
            case Outbound.Post post -> session.send(post);
            case Outbound.Listen listen ->
                now(session.listen(!listen.lastEventId().isEmpty()));
            case Outbound.Delete _ -> {
                session.close();
                yield now(new Reply.Accepted());
            }
        };
    }

    /// What is not a session in the end is closed, whatever kept it from being one, before anybody hears of it.
    private CompletableFuture<Reply> open(Outbound.Post post) {
        var id = mint();
        var session = new SseSession(line, () -> sessions.remove(id));
        sessions.put(id, session);
        var reply = new CompletableFuture<Reply>();
        var _ = session.open(post.owner())
                .thenCompose(opened -> opened instanceof Reply.Accepted ? session.send(post) : now(opened))
                .thenApply(answer -> named(answer, id))
                .completeOnTimeout(LATE, post.deadline().toNanos(), TimeUnit.NANOSECONDS)
                .whenComplete((answer, failure) -> {
                    if (answer == null || !begins(answer)) {
                        session.close();
                    }
                    reply.complete(answer == null ? BROKEN : answer);
                });
        var _ = reply.whenComplete((answer, cancelled) -> {
            if (answer == null) {
                session.close();
            }
        });
        return reply;
    }

    private static Reply named(Reply answer, String id) {
        return switch (answer) {
            case Reply.Single(var message, var none)
            when message.kind() == Message.Kind.RESULT -> new Reply.Single(message, id);
            case Reply.Streamed(var events, var none) -> new Reply.Streamed(events, id);
            case Reply.Single _, Reply.Accepted _, Reply.Refused _, Reply.Failed _ -> answer;
        };
    }

    private static boolean begins(Reply answer) {
        return switch (answer) {
            case Reply.Single(var message, var id) -> !id.isEmpty();
            case Reply.Streamed _ -> true;
            case Reply.Accepted _, Reply.Refused _, Reply.Failed _ -> false;
        };
    }

    /// Sessions open now.
    public int sessions() {
        return sessions.size();
    }

    /// Ends them all; new ones find the line closed.
    @Override
    public void close() {
        List.copyOf(sessions.values()).forEach(SseSession::close);
    }

    private static String session(Outbound outbound) {
        return outbound.headers().stream()
                .filter(Header::namesSession)
                .map(Header::value)
                .findFirst()
                .orElse("");
    }

    private static String mint() {
        var bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return PREFIX + HexFormat.of().formatHex(bytes);
    }

    private static CompletableFuture<Reply> now(Reply reply) {
        return CompletableFuture.completedFuture(reply);
    }
}
