package gatehouse.session.call;

import gatehouse.policy.verdict.Admission;
import gatehouse.policy.verdict.Denial;
import gatehouse.policy.verdict.Outcome;
import gatehouse.policy.verdict.Permits;
import gatehouse.session.lifecycle.Change;
import gatehouse.session.lifecycle.Session;
import gatehouse.session.lifecycle.SessionKey;
import gatehouse.session.lifecycle.Word;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Refusal;
import gatehouse.session.upstream.Event;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.stream.javadsl.Source;

/// Takes one request through its life: enter, admit, forward, answer, settle. It lives on the node that received the
/// request and ends with it; whatever it was granted is given back exactly once, in [#settle].
///
/// A call of the modern era has no session to enter. Everything after the admission is a [Dispatch].
public final class CallActor {

    /// What a call hears.
    sealed interface Command {}

    /// The session spoke.
    record Said(Word word) implements Command {}

    /// The session has not spoken yet.
    record Unheard() implements Command {}

    /// The session has not spoken at all.
    record Silent() implements Command {}

    /// What is stored of the session.
    record RowRead(Word word) implements Command {}

    /// Time to tell the session that the call is still there.
    record StillThere() implements Command {}

    /// The session was asked for another leg.
    record Mended(Word word) implements Command {}

    /// The upstream answered, or failed to.
    record Arrived(Arrival arrival, Outcome outcome) implements Command {}

    /// The leg is gone, and the upstream has done nothing.
    record LegLost() implements Command {}

    /// Long enough for a plain answer.
    record PromptOver() implements Command {}

    record TimeUp() implements Command {}

    /// The client's connection is no more.
    record Gone() implements Command {}

    /// The stream to the client is ready, or cannot be had.
    record LogOpened(boolean usable) implements Command {}

    /// The upstream's stream ended, or broke; `why` is told where it cannot be resumed, as what we refused cannot.
    record Drained(boolean finished, String eventId, long retryMillis, boolean refused, Why why) implements Command {}

    /// Time to ask for the rest of a broken stream.
    record ResumeNow() implements Command {}

    /// The upstream goes on with a stream that broke.
    record Resumed(Source<Event, NotUsed> events) implements Command {}

    /// The last message of a stream whose other messages could not be delivered.
    record Resolved(Message answer) implements Command {}

    /// All is said.
    record Finished(Outcome outcome) implements Command {}

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final Inbound inbound;
    private final CompletableFuture<Answer> answer;
    private final CallPorts ports;
    private final String request;
    private final ActorRef<Word> ear;
    private Optional<SessionKey> session = Optional.empty();
    private Optional<Presence> presence = Optional.empty();
    private Optional<Permits> permits = Optional.empty();

    static Behavior<Command> create(Inbound inbound, CompletableFuture<Answer> answer, CallPorts ports) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> new CallActor(context, timers, inbound, answer, ports).begin()));
    }

    private CallActor(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            Inbound inbound,
            CompletableFuture<Answer> answer,
            CallPorts ports) {
        this.context = context;
        this.timers = timers;
        this.inbound = inbound;
        this.answer = answer;
        this.ports = ports;
        this.request = inbound.message().id().orElseThrow().json();
        this.ear = context.messageAdapter(Word.class, Said::new);
    }

    private Behavior<Command> begin() {
        return inbound.session().isEmpty() ? admit(Session.ABSENT) : enter();
    }

    private Behavior<Command> enter() {
        session = ports.ids().key(inbound.principal(), inbound.session());
        if (session.isEmpty()) {
            return refuse(Refusal.unknownSession());
        }
        var entering = new Presence(ports.door(), session.get(), request, ear);
        presence = Optional.of(entering);
        entering.enter();
        timers.startSingleTimer(new PromptOver(), ports.settings().promptAnswer());
        return Behaviors.receiveMessage(command -> switch (command) {
            case Said(Word.Entered(var known))
            when known.route().equals(inbound.route().id()) -> admit(known);
            case Said(Word.Entered elsewhere) -> leaveAndRefuse(Refusal.unknownSession());
            case Said(Word.Unknown unknown) -> refuse(Refusal.unknownSession());
            case Said(Word.Repeated repeated) -> refuse(Refusals.repeatedId());
            case Said(Word.Cancelled cancelled) -> taken();
            case Said(Word.Noted noted) -> awaited();
            case Said said -> leaveAndRefuse(Refusals.unavailable("session"));
            case PromptOver over -> enterAgain(entering);
            case Unheard unheard -> {
                entering.enterAgain();
                yield Behaviors.same();
            }
            case Silent silent -> read();
            case RowRead(Word.Known(var known))
            when known.route().equals(inbound.route().id()) -> admit(known);
            case RowRead(Word.Known elsewhere) -> leaveAndRefuse(Refusal.unknownSession());
            case RowRead(Word.Unknown unknown) -> leaveAndRefuse(Refusal.unknownSession());
            case RowRead unsure -> Behaviors.same();
            case TimeUp timeUp -> leaveAndRefuse(Refusals.unavailable("session"));
            case Command other -> Behaviors.unhandled();
        });
    }

    /// Its session may be on its way from one node to another: it is asked again and again, for as long as that
    /// takes.
    private Behavior<Command> enterAgain(Presence entering) {
        var settings = ports.sessions().settings();
        var deadline = inbound.course().deadline();
        timers.startTimerWithFixedDelay(new Unheard(), settings.again());
        timers.startSingleTimer(new TimeUp(), settings.ask().compareTo(deadline) < 0 ? settings.ask() : deadline);
        timers.startSingleTimer(new Silent(), settings.silence());
        entering.enterAgain();
        return Behaviors.same();
    }

    /// The session is there, and lets the call in when it is ready to.
    private Behavior<Command> awaited() {
        timers.cancel(new Silent());
        return Behaviors.same();
    }

    /// Its node may have died: the call goes on with what is stored, without a place on the roll. Should it turn
    /// out
    /// slow, it says so to whoever has the session by then, which gives it one.
    private Behavior<Command> read() {
        context.pipeToSelf(
                ports.door().stored(session.orElseThrow()),
                (word, failure) -> new RowRead(failure == null ? word : new Word.Unavailable("store")));
        return Behaviors.same();
    }

    private Behavior<Command> admit(Session known) {
        timers.cancel(new TimeUp());
        timers.cancel(new Unheard());
        timers.cancel(new Silent());
        var unkept = Change.by(inbound.message())
                .flatMap(change ->
                        known.unkept(change, ports.sessions().settings().bounds()));
        return unkept.isEmpty() ? admitted(known) : leaveAndRefuse(Refusals.unkept(unkept.get()));
    }

    private Behavior<Command> admitted(Session known) {
        return switch (ports.gatekeeper().admit(inbound.call())) {
            case Admission.Denied(var denial) -> leaveAndRefuse(Refusal.of(denial));
            case Admission.Granted(var granted) -> {
                permits = Optional.of(granted);
                yield new StateSeal(ports, inbound)
                        .open()
                        .map(opened -> dispatch(known, inbound.saying(opened)))
                        .orElseGet(() -> leaveAndRefuse(Refusals.badState()));
            }
        };
    }

    private Behavior<Command> dispatch(Session known, Inbound opened) {
        var task = new Task(opened, known, session.orElse(Task.NO_SESSION), CallId.next(), leavingFirst(), this::leave);
        return new Dispatch(new Dispatch.Wiring(context, timers, this::stay), task, ports, this::settle).begin();
    }

    /// A client may use an id again as soon as it has the answer, so the call leaves before. Where the answer is a
    /// stream, it goes on, and leaves before the last message of it. What it is given is completed by this actor
    /// only.
    private CompletableFuture<Answer> leavingFirst() {
        var given = new CompletableFuture<Answer>();
        var _ = given.thenAccept(found -> {
            if (found instanceof Answer.Single) {
                leave();
            }
            answer.complete(found);
        });
        return given;
    }

    /// Taken back before anything was done.
    private Behavior<Command> taken() {
        answer.complete(new Answer.Streamed(Source.empty()));
        return settle(Outcome.CANCELLED);
    }

    private Behavior<Command> leaveAndRefuse(Refusal refusal) {
        leave();
        return refuse(refusal);
    }

    private Behavior<Command> refuse(Refusal refusal) {
        answer.complete(new Answer.Refused(List.of(inbound.message().id().orElseThrow()), refusal));
        ports.telemetry().ended(Outcome.DENIED);
        permits.ifPresent(Permits::giveBack);
        return Behaviors.stopped();
    }

    /// The one place where a call ends, however it ended.
    private Behavior<Command> settle(Outcome outcome) {
        leave();
        permits.ifPresent(Permits::giveBack);
        ports.telemetry().ended(outcome);
        answer.complete(new Answer.Refused(
                List.of(inbound.message().id().orElseThrow()), Refusal.of(new Denial.Unavailable("call"))));
        return Behaviors.stopped();
    }

    private void stay() {
        presence.ifPresent(Presence::stay);
    }

    /// Whoever carries the last of a stream asks for it too.
    private void leave() {
        presence.ifPresent(Presence::leave);
    }
}
