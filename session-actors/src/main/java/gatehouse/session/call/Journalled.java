package gatehouse.session.call;

import gatehouse.policy.verdict.Admission;
import gatehouse.policy.verdict.Outcome;
import gatehouse.session.lifecycle.Pump;
import gatehouse.session.lifecycle.Questions;
import gatehouse.session.lifecycle.StoreShareFull;
import gatehouse.session.lifecycle.StreamKey;
import gatehouse.session.lifecycle.StreamLog;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Refusal;
import gatehouse.session.upstream.Event;
import gatehouse.session.upstream.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.UniqueKillSwitch;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/// Delivers in the legacy era: a prompt answer as plain JSON, anything else by way of a log that outlives the
/// connection.
/// The client may go and come back; the call goes on without it.
final class Journalled implements Delivery {

    /// How far the way to the client is built.
    private enum Way {
        NONE,
        OPENING,
        OPEN,
        /// There is only the plain answer: the store is out of reach, or the call is one of a batch.
        CLOSED
    }

    private final ActorContext<CallActor.Command> context;
    private final TimerScheduler<CallActor.Command> timers;
    private final Task task;
    private final Upcall upcall;
    private final CallPorts ports;
    private Optional<StreamLog> opened = Optional.empty();
    private final ActorRef<CallActor.Command> self;
    private Way way;
    private Arrival arrival = new Arrival.Nothing();
    private Outcome outcome = Outcome.UNKNOWN;
    private Optional<UniqueKillSwitch> running = Optional.empty();
    private String eventId = "";
    private int resumes;

    Journalled(
            ActorContext<CallActor.Command> context,
            TimerScheduler<CallActor.Command> timers,
            Task task,
            Upcall upcall,
            CallPorts ports) {
        this.context = context;
        this.timers = timers;
        this.task = task;
        this.upcall = upcall;
        this.ports = ports;
        this.self = context.getSelf();
        this.way = task.inbound().whole() ? Way.CLOSED : Way.NONE;
    }

    @Override
    public void deliver(Arrival arrived, Outcome how) {
        arrival = arrived;
        outcome = how;
        advance();
    }

    @Override
    public void promptOver(boolean waiting) {
        if (waiting && way == Way.NONE) {
            open();
        }
    }

    @Override
    public void opened(boolean usable) {
        way = usable ? Way.OPEN : Way.CLOSED;
        if (usable) {
            answerByStream();
        } else {
            ports.sessions().streams().remove(log());
        }
        advance();
    }

    @Override
    public void giveUp(Refusal refusal) {
        running.ifPresent(UniqueKillSwitch::shutdown);
        arrival = new Arrival.Whole(200, task.error(refusal));
        outcome = Outcome.UNKNOWN;
        advance();
    }

    @Override
    public void abandon() {
        task.leave().run();
        running.ifPresent(UniqueKillSwitch::shutdown);
        opened.ifPresent(log -> log.close(List.of()).whenComplete((done, failure) -> leave()));
        task.answer().complete(new Answer.Streamed(Source.empty()));
    }

    /// Made when it is first needed: most calls are answered without.
    private StreamLog log() {
        if (opened.isEmpty()) {
            var outbox = ports.sessions().outbox().apply(task.inbound().route().id());
            var stream =
                    new StreamKey(task.key(), StreamNames.next(ports.sessions().neighbours()));
            opened = Optional.of(new StreamLog(outbox, stream, ports.sessions().settings().stream(), -1));
        }
        return opened.get();
    }

    /// Everything there is to decide, in one place: what has arrived, and how far the way to the client is built.
    private void advance() {
        switch (arrival) {
            case Arrival.Nothing nothing -> {}
            case Arrival.Whole(var status, var message) -> {
                switch (way) {
                    case NONE, CLOSED -> answer(status, message);
                    case OPENING -> {}
                    case OPEN -> close(message);
                }
            }
            case Arrival.Stream(var events) -> {
                switch (way) {
                    case NONE -> open();
                    case OPENING -> {}
                    case OPEN -> pump(events);
                    case CLOSED -> drain(events);
                }
            }
        }
    }

    private void answer(int status, Message message) {
        task.answer().complete(new Answer.Single(status, message, ""));
        self.tell(new CallActor.Finished(outcome));
    }

    private void open() {
        way = Way.OPENING;
        ports.sessions().streams().add(log());
        context.pipeToSelf(
                log().open(ByteString.fromString(task.id().json())),
                (done, failure) -> new CallActor.LogOpened(failure == null));
    }

    private void answerByStream() {
        task.answer()
                .complete(
                        switch (ports.gatekeeper()
                                .admitStream(task.inbound().call(), task.key().value())) {
                            case Admission.Denied(var denial) ->
                                new Answer.Refused(List.of(task.id()), Refusal.of(denial));
                            case Admission.Granted(var permits) ->
                                new Answer.Streamed(Held.until(
                                        Sending.events(
                                                log().read(-1),
                                                log().key().name(),
                                                task.session().version()),
                                        permits::giveBack,
                                        context.getSystem()));
                        });
    }

    private void close(Message message) {
        task.leave().run();
        var closed = log().close(List.of(message.bytes()))
                .exceptionallyCompose(failure -> StoreShareFull.in(failure)
                        .map(full -> task.error(Refusal.streamEnded(full.denial())))
                        .map(error -> log().close(List.of(error.bytes())))
                        .orElseGet(() -> CompletableFuture.failedStage(failure)));
        context.pipeToSelf(closed, (done, failure) -> {
            leave();
            return new CallActor.Finished(failure == null ? outcome : Outcome.UNKNOWN);
        });
    }

    /// Closed or not, nobody writes it any more: whoever reads must not wait for what will not come.
    private void leave() {
        ports.sessions().streams().remove(log());
        log().leave();
    }

    private void pump(Source<Event, NotUsed> events) {
        arrival = new Arrival.Nothing();
        var passage = new CallPassage(upcall, task, ports);
        var pump = Pump.run(events, passage, log(), context.getSystem());
        running = Optional.of(pump.stop());
        context.pipeToSelf(
                pump.drained(),
                (end, failure) -> end.unwritten()
                        .flatMap(StoreShareFull::in)
                        .map(Journalled::full)
                        .orElseGet(() -> ended(end)));
    }

    private static CallActor.Drained ended(Pump.Drained end) {
        return new CallActor.Drained(
                end.finished(),
                end.eventId(),
                end.retryMillis(),
                end.broken().filter(Failures::isRefused).isPresent(),
                end.broken().map(Failures::broken).orElseGet(() -> Why.theirs(Failures.endedEarly())));
    }

    /// There is no room for what would follow either.
    private static CallActor.Drained full(StoreShareFull full) {
        return new CallActor.Drained(false, "", -1, true, new Why(Refusal.streamEnded(full.denial()), true));
    }

    @Override
    public void drained(CallActor.Drained drained) {
        if (arrival instanceof Arrival.Whole) {
            return; // given up meanwhile
        }
        if (drained.finished()) {
            ports.sessions().streams().remove(log());
            self.tell(new CallActor.Finished(Outcome.ANSWERED));
            return;
        }
        eventId = drained.eventId().isEmpty() ? eventId : drained.eventId();
        if (drained.refused()
                || eventId.isEmpty()
                || resumes == ports.settings().resumes()) {
            giveUp(upcall.complained(drained.why()));
            return;
        }
        resumes++;
        var asked =
                drained.retryMillis() < 0 ? ports.settings().resumeDelay() : Duration.ofMillis(drained.retryMillis());
        var soonest = ports.sessions().settings().soonest();
        var delay = asked.compareTo(soonest) < 0 ? soonest : asked;
        timers.startSingleTimer(new CallActor.ResumeNow(), delay);
    }

    @Override
    public void resume() {
        context.pipeToSelf(
                upcall.resume(eventId),
                (reply, failure) -> reply instanceof Reply.Streamed(var events, var session)
                        ? new CallActor.Resumed(events)
                        : new CallActor.Drained(false, "", -1, false, Why.theirs(Failures.endedEarly())));
    }

    @Override
    public void resumed(Source<Event, NotUsed> events) {
        if (arrival instanceof Arrival.Whole) {
            events.runWith(Sink.cancelled(), context.getSystem());
        } else {
            pump(events);
        }
    }

    /// No way to the client but the plain answer: what comes before it is lost, and who asks the client something
    /// hears
    /// at once that it cannot be asked.
    private void drain(Source<Event, NotUsed> events) {
        arrival = new Arrival.Nothing();
        var questions = Questions.unaskable(upcall.peer(), upcall.leg(), ports.sessions());
        var end = events.viaMat(KillSwitches.single(), Keep.right())
                .mapConcat(Event::message)
                .mapAsync(
                        1,
                        message -> message.kind() == Message.Kind.REQUEST
                                ? questions.put(message)
                                : CompletableFuture.completedFuture(List.of(message)))
                .mapConcat(messages -> messages)
                .filter(upcall.translation()::answers)
                .toMat(Sink.headOption(), Keep.both())
                .run(context.getSystem());
        running = Optional.of(end.first());
        context.pipeToSelf(end.second(), (last, failure) -> {
            var answer = failure == null ? last : Optional.<Message>empty();
            var whole = answer.map(upcall.translation()::back).orElseGet(() -> task.error(Failures.endedEarly()));
            return new CallActor.Resolved(whole);
        });
    }
}
