package gatehouse.session.call;

import gatehouse.policy.verdict.Admission;
import gatehouse.policy.verdict.Outcome;
import gatehouse.session.lifecycle.Session;
import gatehouse.session.lifecycle.SessionActor;
import gatehouse.session.lifecycle.SessionKey;
import gatehouse.session.lifecycle.Word;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Mirrors;
import gatehouse.session.mcp.Place;
import gatehouse.session.mcp.Refusal;
import gatehouse.session.upstream.Header;
import gatehouse.session.upstream.Outbound;
import gatehouse.session.upstream.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.util.ByteString;

/// What a client says in a session without waiting for an answer: notifications, and answers to questions.
public final class Errands {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int NOT_FOUND = 404;

    /// What the protocol itself lets be said without an answer. None of it means anything without a session: a
    /// modern
    /// client ends a request by hanging up, and whatever names a request here could name that of somebody else.
    private static final Set<String> OF_SESSIONS = Set.of(
            "notifications/cancelled",
            "notifications/progress",
            "notifications/message",
            "notifications/initialized",
            "notifications/roots/list_changed",
            "notifications/tools/list_changed",
            "notifications/prompts/list_changed",
            "notifications/resources/list_changed",
            "notifications/resources/updated",
            "notifications/elicitation/complete",
            "notifications/tasks/status",
            "notifications/subscriptions/acknowledged");

    private final CallPorts ports;

    public Errands(CallPorts ports) {
        this.ports = ports;
    }

    public CompletionStage<Answer> run(Inbound inbound) {
        var key = ports.ids().key(inbound.principal(), inbound.session());
        return key.isEmpty() ? refused(Refusal.unknownSession()) : known(inbound, key.get());
    }

    /// A ping is answered here: it asks about this hop.
    public CompletionStage<Answer> pong(Inbound inbound) {
        var id = inbound.message().id().orElseThrow();
        return run(inbound).thenApply(answer -> switch (answer) {
            case Answer.Accepted accepted -> new Answer.Single(200, Message.result(id, "{}"), "");
            case Answer.Refused(var ids, var refusal) -> new Answer.Refused(List.of(id), refusal);
            case Answer other -> other;
        });
    }

    /// A notification outside of any session: those of extensions go on, all others are taken and dropped.
    public CompletionStage<Answer> pass(Inbound inbound) {
        return counted(inbound, () -> OF_SESSIONS.contains(inbound.message().method()) ? accepted() : onward(inbound));
    }

    private CompletionStage<Answer> onward(Inbound inbound) {
        var headers = new ArrayList<>(inbound.passed());
        Mirrors.headers(inbound.message()).forEach((name, value) -> headers.add(new Header(name, value)));
        return ports.crossing()
                .modern(inbound.call())
                .send(post(inbound, inbound.message(), headers))
                .thenCompose(reply -> accepted());
    }

    /// What an upstream lets hang is a call under way, whether or not somebody waits for an answer.
    private CompletionStage<Answer> counted(Inbound inbound, Supplier<CompletionStage<Answer>> exchange) {
        return switch (ports.gatekeeper().admit(inbound.call())) {
            case Admission.Denied(var denial) -> refused(Refusal.of(denial));
            case Admission.Granted(var permits) -> exchange.get().whenComplete((answer, failure) -> permits.giveBack());
        };
    }

    private static Outbound.Post post(Inbound inbound, Message message, List<Header> headers) {
        return new Outbound.Post(message, headers, PATIENCE, inbound.principal().toString());
    }

    private CompletionStage<Answer> known(Inbound inbound, SessionKey key) {
        return ports.door().look(key).thenCompose(word -> switch (word) {
            case Word.Known(var session)
            when session.route().equals(inbound.route().id()) -> carry(inbound, key, session);
            case Word.Known elsewhere -> refused(Refusal.unknownSession());
            case Word.Unknown unknown -> refused(Refusal.unknownSession());
            case Word other -> refused(Refusals.unavailable("session"));
        });
    }

    private CompletionStage<Answer> carry(Inbound inbound, SessionKey key, Session session) {
        var message = inbound.message();
        return switch (message.kind()) {
            case REQUEST -> accepted();
            case NOTIFICATION ->
                message.method().equals("notifications/cancelled")
                        ? cancel(key, message)
                        : counted(inbound, () -> forward(inbound, key, session, message));
            case RESULT, ERROR -> counted(inbound, () -> answer(inbound, key, message));
        };
    }

    private CompletionStage<Answer> cancel(SessionKey key, Message message) {
        var request = text(message, Place.PARAMS_REQUEST_ID);
        var reason = text(message, Place.PARAMS_REASON);
        return ports.door()
                .ask(key, replyTo -> new SessionActor.Cancel(request, reason, replyTo))
                .thenCompose(word ->
                        word instanceof Word.Unavailable ? refused(Refusals.unavailable("session")) : accepted());
    }

    /// An answer nobody waits for (any more) is taken and dropped: the client can do nothing about it.
    private CompletionStage<Answer> answer(Inbound inbound, SessionKey key, Message message) {
        if (message.id().isEmpty()) {
            return accepted();
        }
        var id = message.text(Place.ID).orElse("");
        var claim = CallId.next().value();
        return ports.door()
                .ask(key, replyTo -> new SessionActor.Answer(id, claim, replyTo))
                .thenCompose(word -> switch (word) {
                    case Word.Answering(var session, var question)
                    when question.leg().equals(session.leg().session()) ->
                        send(inbound, session, message.with(Place.ID, question.upstreamId()))
                                .thenCompose(reply -> brought(key, session, reply, new Brought(id, claim)));
                    case Word.Answering late -> close(key, new Brought(id, claim), true);
                    case Word.Unavailable unavailable -> refused(Refusals.unavailable("session"));
                    case Word other -> accepted();
                });
    }

    /// An answer on its way, and the claim to be the one who brings it.
    private record Brought(String id, String claim) {}

    /// What surely did not arrive the client may say again; anything else it has said once and for all.
    private CompletionStage<Answer> brought(SessionKey key, Session session, Reply reply, Brought answer) {
        var taken = Failures.outcome(reply) != Outcome.NOT_SENT;
        return close(key, answer, taken)
                .thenCompose(closed -> taken ? mended(key, session, reply) : refused(Refusals.unavailable("upstream")));
    }

    private CompletionStage<Answer> close(SessionKey key, Brought answer, boolean taken) {
        return ports.door()
                .ask(key, replyTo -> new SessionActor.Close(answer.id(), answer.claim(), taken, replyTo))
                .thenCompose(word -> accepted());
    }

    private CompletionStage<Answer> forward(Inbound inbound, SessionKey key, Session session, Message message) {
        return send(inbound, session, message)
                .thenCompose(reply -> mended(key, session, reply))
                .thenCompose(answer -> message.method().equals("notifications/initialized") ? ready(key) : accepted());
    }

    private CompletionStage<Reply> send(Inbound inbound, Session session, Message message) {
        var post = post(inbound, message, session.leg().headers(inbound.passed()));
        return ports.crossing().legacy(inbound.call(), session).send(post);
    }

    /// An upstream that does not know the leg gets another one.
    private CompletionStage<Answer> mended(SessionKey key, Session session, Reply reply) {
        return reply instanceof Reply.Refused(var status, var body, var id)
                        && status == NOT_FOUND
                        && !session.leg().session().isEmpty()
                ? ports.door()
                        .ask(key, replyTo -> new SessionActor.Mend(session.leg(), replyTo))
                        .thenCompose(word -> accepted())
                : accepted();
    }

    /// The client may call next: what the upstream says by itself from then on is heard.
    private CompletionStage<Answer> ready(SessionKey key) {
        return ports.door().ask(key, SessionActor.Expect::new).thenCompose(word -> accepted());
    }

    private static String text(Message message, Place place) {
        return message.raw(place).map(ByteString::utf8String).orElse("");
    }

    private static CompletionStage<Answer> accepted() {
        return CompletableFuture.completedFuture(new Answer.Accepted());
    }

    private static CompletionStage<Answer> refused(Refusal refusal) {
        return CompletableFuture.completedFuture(new Answer.Refused(List.of(), refusal));
    }
}
