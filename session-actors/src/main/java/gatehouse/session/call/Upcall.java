package gatehouse.session.call;

import gatehouse.policy.verdict.Outcome;
import gatehouse.session.lifecycle.Leg;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Mirrors;
import gatehouse.session.mcp.Refusal;
import gatehouse.session.upstream.Ahead;
import gatehouse.session.upstream.Event;
import gatehouse.session.upstream.Fault;
import gatehouse.session.upstream.Header;
import gatehouse.session.upstream.Outbound;
import gatehouse.session.upstream.Peer;
import gatehouse.session.upstream.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.javadsl.SinkQueueWithCancel;
import org.apache.pekko.stream.javadsl.Source;

/// One request as the upstream gets it, and what it says, in the client's names.
final class Upcall {

    private static final int NOT_FOUND = 404;
    private static final Duration CANCEL_PATIENCE = Duration.ofSeconds(5);

    private final Inbound inbound;
    private final CallId callId;
    private final Translation translation;
    private final ActorSystem<?> system;
    private final CallTelemetry telemetry;
    private final boolean modern;
    private volatile Peer peer;
    private volatile Leg leg;
    private volatile Optional<SinkQueueWithCancel<Event>> looked = Optional.empty();
    private volatile boolean over;

    Upcall(Peer peer, Task task, CallTelemetry telemetry, ActorSystem<?> system) {
        this.peer = peer;
        this.inbound = task.inbound();
        this.callId = task.callId();
        this.system = system;
        this.telemetry = telemetry;
        this.modern = task.modern();
        this.leg = task.session().leg();
        this.translation =
                modern ? Translation.modern(inbound.message(), callId) : Translation.legacy(inbound.message(), callId);
    }

    private SinkQueueWithCancel<Event> looking(Source<Event, NotUsed> events) {
        var queue = events.runWith(Ahead.one(), system);
        looked = Optional.of(queue);
        if (over) {
            queue.cancel();
        }
        return queue;
    }

    /// Lets go of a stream that was begun, whoever has it by now, and of one that is still to come.
    void giveUp() {
        over = true;
        looked.ifPresent(SinkQueueWithCancel::cancel);
    }

    Translation translation() {
        return translation;
    }

    Peer peer() {
        return peer;
    }

    Leg leg() {
        return leg;
    }

    /// The session opened another leg, which may lead into another era.
    void move(Peer way, Leg other) {
        peer = way;
        leg = other;
    }

    /// Cancelling the future closes the connection. Without a session the headers repeat what the body says.
    CompletableFuture<Reply> send() {
        var message = translation.forward(inbound.message());
        var headers = leg.headers(inbound.passed());
        if (modern) {
            Mirrors.headers(message).forEach((name, value) -> headers.add(new Header(name, value)));
        }
        return peer.send(new Outbound.Post(message, headers, inbound.course().deadline(), owner()))
                .toCompletableFuture();
    }

    /// The rest of a stream that broke.
    CompletionStage<Reply> resume(String eventId) {
        return peer.send(new Outbound.Listen(eventId, leg.headers(List.of()), owner()));
    }

    /// Tells a legacy upstream that nobody waits any more.
    void takeBack(String reason) {
        var params = "{\"requestId\":" + callId.id().json() + (reason.isEmpty() ? "" : ",\"reason\":" + reason) + "}";
        var message = Message.notification("notifications/cancelled", params);
        var _ = peer.send(new Outbound.Post(message, leg.headers(List.of()), CANCEL_PATIENCE, owner()));
    }

    private String owner() {
        return inbound.principal().toString();
    }

    CompletionStage<CallActor.Command> read(Reply reply) {
        return switch (reply) {
            case Reply.Single(var message, var id) -> now(translation.answers(message) ? whole(message) : garbled());
            case Reply.Streamed(var events, var id) ->
                Arrival.peek(looking(events))
                        .thenApply(peeked -> peeked.first()
                                .filter(translation::answers)
                                .map(this::whole)
                                .orElseGet(() -> arrived(new Arrival.Stream(peeked.whole()))));
            case Reply.Accepted accepted ->
                now(complain("accepted a request without an answer", Failures.silent(), Outcome.UNKNOWN));
            case Reply.Refused refused
            when refused.status() == NOT_FOUND && !leg.session().isEmpty() -> now(new CallActor.LegLost());
            case Reply.Refused(var status, var body, var id)
            when body.isEmpty() ->
                now(complain("refused with HTTP " + status, Failures.refused(status), Outcome.ANSWERED));
            case Reply.Refused(var status, var body, var id) ->
                now(new CallActor.Arrived(
                        new Arrival.Whole(shown(status), translation.back(body.getFirst())), Outcome.ANSWERED));
            case Reply.Failed(var fault) -> now(complain(fault, Failures.of(fault), Failures.outcome(reply)));
        };
    }

    private int shown(int status) {
        if (!modern) {
            return 200;
        }
        return inbound.message().method().equals("server/discover")
                ? Failures.statusOfDiscover(status)
                : Failures.status(status);
    }

    CallActor.Command failed(Refusal refusal, Outcome outcome) {
        var id = inbound.message().id().orElseThrow();
        return new CallActor.Arrived(new Arrival.Whole(refusal.status(), refusal.message(id)), outcome);
    }

    private CallActor.Command whole(Message message) {
        return arrived(new Arrival.Whole(200, translation.back(message)));
    }

    private CallActor.Command garbled() {
        return complain("answer is to no request of ours", Failures.garbled(), Outcome.UNKNOWN);
    }

    /// Of what the caller is told, the operator hears as well.
    Refusal complained(Why why) {
        telemetry.failed(inbound.course(), why.fault());
        return why.refusal();
    }

    /// The caller is told what it can act on, the operator what happened.
    private CallActor.Command complain(String reason, Refusal refusal, Outcome outcome) {
        return complain(Fault.unknown(reason), refusal, outcome);
    }

    private CallActor.Command complain(Fault fault, Refusal refusal, Outcome outcome) {
        telemetry.failed(inbound.course(), fault);
        return failed(refusal, outcome);
    }

    private static CallActor.Command arrived(Arrival arrival) {
        return new CallActor.Arrived(arrival, Outcome.ANSWERED);
    }

    private static CompletionStage<CallActor.Command> now(CallActor.Command command) {
        return CompletableFuture.completedFuture(command);
    }
}
