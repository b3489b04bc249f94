package gatehouse.session.call;

import gatehouse.policy.verdict.Outcome;
import gatehouse.session.call.CallActor.Command;
import gatehouse.session.lifecycle.Change;
import gatehouse.session.lifecycle.Session;
import gatehouse.session.lifecycle.SessionActor;
import gatehouse.session.lifecycle.Word;
import gatehouse.session.mcp.Message;
import gatehouse.session.upstream.Peer;
import gatehouse.session.upstream.Reply;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.stream.javadsl.Sink;

/// A call after its admission: sent, waited for, answered.
///
/// An answer that comes alone and soon goes back as plain JSON. One that takes longer, or that the upstream streams,
/// becomes an event stream, and how that is delivered is the era's business: see [Delivery].
final class Dispatch {

    /// How often a slow call says within one lease that it is still there: any of it may get lost.
    private static final int STAYS = 3;

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final Task task;
    private final CallPorts ports;
    private final Function<Outcome, Behavior<Command>> settle;
    private final Upcall upcall;
    private final Delivery delivery;
    private final Runnable stay;
    private CompletableFuture<Reply> sending = new CompletableFuture<>();
    private boolean mended;
    private boolean waiting = true;

    Dispatch(Wiring wiring, Task task, CallPorts ports, Function<Outcome, Behavior<Command>> settle) {
        this.context = wiring.context();
        this.timers = wiring.timers();
        this.stay = wiring.stay();
        this.task = task;
        this.ports = ports;
        this.settle = settle;
        this.upcall = new Upcall(peer(task.session()), task, ports.telemetry(), context.getSystem());
        this.delivery = task.modern()
                ? new Relay(task, upcall, ports, context.getSystem(), context.getSelf())
                : new Journalled(context, timers, task, upcall, ports);
    }

    private Peer peer(Session session) {
        var call = task.inbound().call();
        return task.modern() ? ports.crossing().modern(call) : ports.crossing().legacy(call, session);
    }

    /// What a call is wired to: itself, its clock, and its place in its session, which it keeps by saying so.
    record Wiring(ActorContext<Command> context, TimerScheduler<Command> timers, Runnable stay) {}

    Behavior<Command> begin() {
        if (!timers.isTimerActive(new CallActor.PromptOver())) {
            timers.startSingleTimer(new CallActor.PromptOver(), ports.settings().promptAnswer());
        }
        if (task.modern()) {
            context.pipeToSelf(task.inbound().gone(), (done, failure) -> new CallActor.Gone());
        }
        send();
        return Behaviors.receiveMessage(this::hear);
    }

    private Behavior<Command> hear(Command command) {
        return switch (command) {
            case CallActor.Arrived(var arrival, var outcome)
            when waiting -> {
                waiting = false;
                note(arrival);
                yield go(() -> delivery.deliver(arrival, outcome));
            }
            case CallActor.Arrived late -> go(() -> discard(late.arrival()));
            case CallActor.LegLost lost -> go(this::mend);
            case CallActor.Said(var word) -> said(word);
            case CallActor.Mended(var word) -> go(() -> mended(word));
            case CallActor.Unheard late -> Behaviors.same();
            case CallActor.Silent late -> Behaviors.same();
            case CallActor.RowRead late -> Behaviors.same();
            case CallActor.StillThere there -> go(stay);
            case CallActor.PromptOver over -> go(this::promptOver);
            case CallActor.TimeUp timeUp -> go(this::timeUp);
            case CallActor.Gone gone when task.modern() -> abandon();
            case CallActor.Gone gone -> Behaviors.same();
            case CallActor.LogOpened(var usable) -> go(() -> delivery.opened(usable));
            case CallActor.Drained drained -> go(() -> delivery.drained(drained));
            case CallActor.ResumeNow resume -> go(delivery::resume);
            case CallActor.Resumed(var events) -> go(() -> delivery.resumed(events));
            case CallActor.Resolved(var answer) ->
                go(() -> delivery.deliver(new Arrival.Whole(200, answer), Outcome.ANSWERED));
            case CallActor.Finished(var outcome) -> finish(outcome);
        };
    }

    private void send() {
        var reply = upcall.send();
        sending = reply;
        context.pipeToSelf(
                reply.thenCompose(upcall::read),
                (arrived, failure) -> failure == null
                        ? arrived
                        : upcall.failed(Failures.broken(failure).refusal(), Outcome.UNKNOWN));
    }

    /// The upstream knows this session no more, and therefore did nothing: open the leg again and send once more.
    private void mend() {
        if (mended) {
            lost();
            return;
        }
        mended = true;
        var broken = upcall.leg();
        context.pipeToSelf(
                ports.door()
                        .ask(
                                task.key(),
                                replyTo -> new SessionActor.Mend(broken, replyTo),
                                task.inbound().course().deadline()),
                (word, failure) -> new CallActor.Mended(failure == null ? word : new Word.Unavailable("session")));
    }

    /// Nobody waits for a call whose time was up meanwhile.
    private void mended(Word word) {
        if (!waiting) {
            return;
        }
        if (word instanceof Word.Moved(var fresh)) {
            upcall.move(peer(fresh), fresh.leg());
            send();
        } else {
            lost();
        }
    }

    private void lost() {
        context.getSelf().tell(upcall.failed(Failures.legLost(), Outcome.NOT_SENT));
    }

    private Behavior<Command> said(Word word) {
        return switch (word) {
            case Word.Cancelled(var reason) -> takenBack(reason);
            case Word.Unknown unknown -> takenBack(""); // the session has ended, and did not get it said
            case Word other -> Behaviors.same(); // it asked twice to enter, and was heard twice
        };
    }

    private Behavior<Command> takenBack(String reason) {
        upcall.takeBack(reason);
        return abandon();
    }

    /// Nobody waits any more: the upstream's connection is closed, and what is open towards the client ends.
    private Behavior<Command> abandon() {
        delivery.abandon();
        upcall.giveUp();
        return finish(Outcome.CANCELLED);
    }

    private Behavior<Command> finish(Outcome outcome) {
        sending.cancel(true);
        return settle.apply(outcome);
    }

    /// Most calls are over by now, so only the others get a timer for their deadline.
    private void promptOver() {
        if (!task.listens()) {
            var left = task.inbound().course().deadline().minus(ports.settings().promptAnswer());
            timers.startSingleTimer(new CallActor.TimeUp(), left.isNegative() ? Duration.ZERO : left);
        }
        if (!task.modern()) {
            timers.startTimerWithFixedDelay(
                    new CallActor.StillThere(),
                    ports.sessions().settings().lease().dividedBy(STAYS));
        }
        delivery.promptOver(waiting);
    }

    private void timeUp() {
        sending.cancel(true);
        upcall.giveUp();
        if (!task.modern()) {
            upcall.takeBack("");
        }
        waiting = false;
        delivery.giveUp(upcall.complained(Why.theirs(Failures.timeUp())));
    }

    /// What the upstream granted is remembered, for the leg that may have to be opened again.
    private void note(Arrival arrival) {
        if (!task.modern()
                && arrival instanceof Arrival.Whole(var status, var answer)
                && answer.kind() == Message.Kind.RESULT) {
            Change.by(task.inbound().message())
                    .ifPresent(
                            change -> ports.door().ask(task.key(), replyTo -> new SessionActor.Note(change, replyTo)));
        }
    }

    private void discard(Arrival arrival) {
        if (arrival instanceof Arrival.Stream(var events)) {
            events.runWith(Sink.cancelled(), context.getSystem());
        }
    }

    private Behavior<Command> go(Runnable act) {
        act.run();
        return Behaviors.same();
    }
}
