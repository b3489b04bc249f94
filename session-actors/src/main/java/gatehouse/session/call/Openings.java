package gatehouse.session.call;

import gatehouse.policy.verdict.Admission;
import gatehouse.policy.verdict.Denial;
import gatehouse.policy.verdict.Outcome;
import gatehouse.session.lifecycle.Errand;
import gatehouse.session.lifecycle.Greeting;
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
import gatehouse.session.upstream.Fault;
import gatehouse.session.upstream.Hops;
import gatehouse.session.upstream.Reply;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.util.ByteString;

/// Opens sessions: first at the upstream, then here. What was opened there is closed again if it cannot be kept here.
public final class Openings {

    private static final int BAD_REQUEST = 400;

    private final CallPorts ports;
    private final SessionDirectory directory;
    private final Newcomers newcomers = new Newcomers();

    public Openings(CallPorts ports, SessionDirectory directory) {
        this.ports = ports;
        this.directory = directory;
    }

    public CompletionStage<Answer> open(Inbound inbound) {
        var unkept =
                Greeting.unkept(inbound.message(), ports.sessions().settings().bounds());
        return unkept.isEmpty() ? admitted(inbound) : refused(inbound, Refusals.unkept(unkept.get()), Outcome.DENIED);
    }

    private CompletionStage<Answer> admitted(Inbound inbound) {
        return switch (ports.gatekeeper().admit(inbound.call())) {
            case Admission.Denied(var denial) -> refused(inbound, Refusal.of(denial), Outcome.DENIED);
            case Admission.Granted(var permits) ->
                counted(inbound).whenComplete((answer, failure) -> permits.giveBack());
        };
    }

    private CompletionStage<Answer> counted(Inbound inbound) {
        var most = ports.gatekeeper().sessionsOfAgent();
        var owner = SessionIds.owner(inbound.principal());
        var underWay = newcomers.enter(owner);
        return directory
                .count(owner)
                .thenCompose(count -> count + underWay <= most
                        ? shakeHands(inbound)
                        : refused(
                                inbound,
                                Refusal.of(new Denial.Crowded(Denial.Scope.SESSIONS_OF_AGENT, most)),
                                Outcome.DENIED))
                .exceptionallyCompose(failure -> refused(inbound, Refusals.unavailable("store"), Outcome.NOT_SENT))
                .whenComplete((answer, failure) -> newcomers.leave(owner));
    }

    private CompletionStage<Answer> shakeHands(Inbound inbound) {
        var initialize = inbound.message()
                .withText(
                        Place.PARAMS_PROTOCOL_VERSION,
                        Dialect.negotiate(requested(inbound)).version());
        var params = initialize.raw(Place.PARAMS).map(ByteString::utf8String).orElse("{}");
        var handshake = new Handshake(
                ports.crossing().opening(inbound.call()),
                ports.sessions().system(),
                inbound.principal(),
                Hops.among(inbound.passed()));
        var hello = handshake.open(params);
        inbound.gone().thenRun(() -> hello.cancel(true));
        return hello.thenCompose(opened -> judge(inbound, Greeting.kept(initialize), opened, handshake))
                .exceptionallyCompose(failure -> unopened(inbound, failure));
    }

    private CompletionStage<Answer> unopened(Inbound inbound, Throwable failure) {
        var refusal = explain(inbound, failure);
        var fault = lost(failure).filter(Fault::isOurs).orElseGet(() -> Fault.unknown(refusal.text()));
        if (refusal.code() == Codes.INTERNAL_ERROR
                && !inbound.gone().toCompletableFuture().isDone()) {
            ports.telemetry().failed(inbound.course(), fault);
        }
        return refused(inbound, refusal, Outcome.UNKNOWN);
    }

    private CompletionStage<Answer> judge(
            Inbound inbound, String greeting, Handshake.Opened opened, Handshake handshake) {
        var id = inbound.message().id().orElseThrow();
        if (opened.answer().kind() == Message.Kind.ERROR) {
            return CompletableFuture.completedFuture(
                    new Answer.Single(200, opened.answer().withId(id), ""));
        }
        var settled = Dialect.of(opened.leg().version()).filter(dialect -> !dialect.modern());
        if (settled.isEmpty()) {
            handshake.farewell(opened.leg());
            return refused(inbound, Failures.garbled(), Outcome.UNKNOWN);
        }
        var told = settled.get().towards(requested(inbound)).version();
        return keep(inbound, greeting, opened, told).thenCompose(kept -> {
            if (kept.isPresent()) {
                ports.telemetry().ended(Outcome.ANSWERED);
                return CompletableFuture.completedFuture(kept.get());
            }
            handshake.farewell(opened.leg());
            return refused(inbound, Refusals.unavailable("store"), Outcome.UNKNOWN);
        });
    }

    /// The client may be told of another revision than the upstream settled on: each knows the one it can speak.
    private CompletionStage<Optional<Answer>> keep(
            Inbound inbound, String greeting, Handshake.Opened opened, String told) {
        var sessionId = ports.ids().mint();
        var key = ports.ids().key(inbound.principal(), sessionId).orElseThrow();
        var opening = new Session.Opening(told, greeting, StreamNames.next(), opened.leg());
        var now = ports.sessions().clock().instant();
        var session = Session.opened(inbound.principal(), inbound.route().id(), opening, now);
        return ports.door()
                .ask(key, replyTo -> new SessionActor.Open(session, replyTo))
                .thenApply(word -> {
                    if (!(word instanceof Word.Known)) {
                        return Optional.empty();
                    }
                    var answer = opened.answer().withId(inbound.message().id().orElseThrow());
                    return Optional.of(new Answer.Single(
                            200,
                            told.equals(opened.leg().version())
                                    ? answer
                                    : answer.withText(Place.RESULT_PROTOCOL_VERSION, told),
                            sessionId));
                });
    }

    /// Why no session came of it. An upstream that speaks only the modern era is named as such, so that the client
    /// can try again in it.
    private static Optional<Fault> lost(Throwable failure) {
        var cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof Errand.Failed failed && failed.reply() instanceof Reply.Failed(var fault)
                ? Optional.of(fault)
                : Optional.empty();
    }

    private static Refusal explain(Inbound inbound, Throwable failure) {
        var cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (!(cause instanceof Errand.Failed failed)) {
            return Failures.broken();
        }
        return switch (failed.reply()) {
            case Reply.Refused(var status, var body, var session) ->
                status == BAD_REQUEST && body.stream().anyMatch(Openings::modernOnly)
                        ? Refusal.unsupportedVersion(requested(inbound))
                        : Failures.refused(status);
            case Reply.Failed(var fault) -> Failures.of(fault);
            case Reply.Accepted accepted -> Failures.silent();
            case Reply.Single single -> Failures.garbled();
            case Reply.Streamed streamed -> Failures.endedEarly();
        };
    }

    private static String requested(Inbound inbound) {
        return inbound.message().text(Place.PARAMS_PROTOCOL_VERSION).orElse("");
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
