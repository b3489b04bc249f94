package gatehouse.session.call;

import gatehouse.policy.verdict.Admission;
import gatehouse.policy.verdict.Denial;
import gatehouse.policy.verdict.Outcome;
import gatehouse.session.lifecycle.Errand;
import gatehouse.session.lifecycle.Handshake;
import gatehouse.session.lifecycle.Session;
import gatehouse.session.lifecycle.SessionActor;
import gatehouse.session.lifecycle.SessionDirectory;
import gatehouse.session.lifecycle.SessionIds;
import gatehouse.session.lifecycle.Word;
import gatehouse.session.mcp.Codes;
import gatehouse.session.mcp.Dialect;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Place;
import gatehouse.session.mcp.Refusal;
import gatehouse.session.upstream.Reply;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.util.ByteString;

/// Opens sessions: first at the upstream, then here. What was opened there is closed again if it cannot be kept here.
public final class Openings {

    private static final int BAD_REQUEST = 400;

    private final CallPorts ports;
    private final SessionDirectory directory;

    public Openings(CallPorts ports, SessionDirectory directory) {
        this.ports = ports;
        this.directory = directory;
    }

    public CompletionStage<Answer> open(Inbound inbound) {
        return switch (ports.gatekeeper().admit(inbound.call())) {
            case Admission.Denied(var denial) -> refused(inbound, Refusal.of(denial), Outcome.DENIED);
            case Admission.Granted(var permits) ->
                counted(inbound).whenComplete((answer, failure) -> permits.giveBack());
        };
    }

    private CompletionStage<Answer> counted(Inbound inbound) {
        var most = ports.gatekeeper().sessionsOfAgent();
        return directory
                .count(SessionIds.owner(inbound.principal()))
                .thenCompose(count -> count < most
                        ? shakeHands(inbound)
                        : refused(
                                inbound,
                                Refusal.of(new Denial.Crowded(Denial.Scope.SESSIONS_OF_AGENT, most)),
                                Outcome.DENIED))
                .exceptionallyCompose(failure -> refused(inbound, Refusals.unavailable("store"), Outcome.NOT_SENT));
    }

    private CompletionStage<Answer> shakeHands(Inbound inbound) {
        var requested = inbound.message().text(Place.PARAMS_PROTOCOL_VERSION).orElse("");
        var params = inbound.message()
                .withText(
                        Place.PARAMS_PROTOCOL_VERSION,
                        Dialect.negotiate(requested).version())
                .raw(Place.PARAMS)
                .map(ByteString::utf8String)
                .orElse("{}");
        var handshake = new Handshake(
                ports.crossing().opening(inbound.course()), ports.sessions().system());
        var hello = handshake.open(params);
        inbound.gone().thenRun(() -> hello.cancel(true));
        return hello.thenCompose(opened -> judge(inbound, params, opened, handshake))
                .exceptionallyCompose(failure -> refused(inbound, explain(inbound, failure), Outcome.UNKNOWN));
    }

    private CompletionStage<Answer> judge(
            Inbound inbound, String params, Handshake.Opened opened, Handshake handshake) {
        var id = inbound.message().id().orElseThrow();
        if (opened.answer().kind() == Message.Kind.ERROR) {
            return CompletableFuture.completedFuture(
                    new Answer.Single(200, opened.answer().withId(id), ""));
        }
        if (Dialect.of(opened.leg().version())
                .filter(dialect -> !dialect.modern())
                .isEmpty()) {
            handshake.farewell(opened.leg());
            return refused(inbound, Failures.garbled(), Outcome.UNKNOWN);
        }
        return keep(inbound, params, opened).exceptionally(failure -> {
            handshake.farewell(opened.leg());
            return new Answer.Refused(List.of(id), Refusals.unavailable("store"));
        });
    }

    private CompletionStage<Answer> keep(Inbound inbound, String params, Handshake.Opened opened) {
        var sessionId = ports.ids().mint();
        var key = ports.ids().key(inbound.principal(), sessionId).orElseThrow();
        var opening = new Session.Opening(opened.leg().version(), params, StreamNames.next(), opened.leg());
        var now = ports.sessions().clock().instant();
        var session = Session.opened(inbound.principal(), inbound.route().id(), opening, now);
        return ports.sharding()
                .entityRefFor(SessionActor.TYPE, key.value())
                .<Word>ask(
                        replyTo -> new SessionActor.Open(session, replyTo),
                        ports.sessions().settings().ask())
                .thenApply(word -> {
                    ports.telemetry().ended(Outcome.ANSWERED);
                    return new Answer.Single(
                            200, opened.answer().withId(inbound.message().id().orElseThrow()), sessionId);
                });
    }

    /// Why no session came of it. An upstream that speaks only the modern era is named as such, so that the client
    /// can try again in it.
    private static Refusal explain(Inbound inbound, Throwable failure) {
        var cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (!(cause instanceof Errand.Failed failed)) {
            return Failures.broken();
        }
        return switch (failed.reply()) {
            case Reply.Refused(var status, var body, var session) ->
                status == BAD_REQUEST && body.stream().anyMatch(Openings::modernOnly)
                        ? Refusal.unsupportedVersion(inbound.message()
                                .text(Place.PARAMS_PROTOCOL_VERSION)
                                .orElse(""))
                        : Failures.refused(status);
            case Reply.Failed(var fault) -> Failures.of(fault);
            case Reply.Accepted accepted -> Failures.silent();
            case Reply.Single single -> Failures.garbled();
            case Reply.Streamed streamed -> Failures.endedEarly();
        };
    }

    private static boolean modernOnly(Message error) {
        return error.raw(Place.ERROR_CODE)
                .map(ByteString::utf8String)
                .filter(code -> code.equals(Integer.toString(Codes.UNSUPPORTED_PROTOCOL_VERSION)))
                .isPresent();
    }

    private CompletionStage<Answer> refused(Inbound inbound, Refusal refusal, Outcome outcome) {
        ports.telemetry().ended(outcome);
        return CompletableFuture.completedFuture(
                new Answer.Refused(List.of(inbound.message().id().orElseThrow()), refusal));
    }
}
