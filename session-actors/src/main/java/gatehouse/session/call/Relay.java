package gatehouse.session.call;

import gatehouse.policy.verdict.Admission;
import gatehouse.policy.verdict.Outcome;
import gatehouse.policy.verdict.Permits;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Refusal;
import gatehouse.session.upstream.Event;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.SharedKillSwitch;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;

/// Delivers in the modern era: the upstream's stream is the client's stream, and when one ends so does the other.
final class Relay implements Delivery {

    private final Task task;
    private final Upcall upcall;
    private final StateSeal seal;
    private final CallPorts ports;
    private final ActorSystem<?> system;
    private final ActorRef<CallActor.Command> self;
    private final SharedKillSwitch cut = KillSwitches.shared("call");
    private final AtomicReference<Why> cause = new AtomicReference<>(Why.theirs(Failures.endedEarly()));
    private volatile boolean complete;
    private boolean streaming;

    Relay(Task task, Upcall upcall, CallPorts ports, ActorSystem<?> system, ActorRef<CallActor.Command> self) {
        this.task = task;
        this.upcall = upcall;
        this.ports = ports;
        this.system = system;
        this.self = self;
        this.seal = new StateSeal(ports, task.inbound());
    }

    @Override
    public void deliver(Arrival arrival, Outcome outcome) {
        switch (arrival) {
            case Arrival.Whole(var status, var message) ->
                answer(new Answer.Single(status, seal.seal(message), ""), outcome);
            case Arrival.Stream(var events) -> stream(translated(events));
            case Arrival.Nothing nothing -> throw new IllegalStateException("nothing arrived");
        }
    }

    /// Nothing is gained by answering early, as nothing can be resumed; and the status is still the upstream's to
    /// say.
    @Override
    public void promptOver(boolean waiting) {}

    @Override
    public void giveUp(Refusal refusal) {
        cause.set(Why.theirs(refusal));
        if (streaming) {
            cut.shutdown();
        } else {
            answer(new Answer.Single(200, task.error(refusal), ""), Outcome.UNKNOWN);
        }
    }

    @Override
    public void abandon() {
        cut.shutdown();
        task.answer().complete(new Answer.Streamed(Source.empty()));
    }

    private void answer(Answer answer, Outcome outcome) {
        task.answer().complete(answer);
        self.tell(new CallActor.Finished(outcome));
    }

    /// From here on the answer is a stream; the call ends with it.
    private void stream(Source<Message, NotUsed> messages) {
        switch (ports.gatekeeper().admitStream(task.inbound().call(), "")) {
            case Admission.Denied(var denial) -> {
                messages.runWith(Sink.cancelled(), system);
                answer(new Answer.Refused(List.of(task.id()), Refusal.of(denial)), Outcome.CANCELLED);
            }
            case Admission.Granted(var permits) -> {
                streaming = true;
                var sent = messages.map(message -> new Answer.Sent("", message.bytes()));
                task.answer().complete(new Answer.Streamed(Held.until(sent, () -> ended(permits), system)));
            }
        }
    }

    private void ended(Permits permits) {
        permits.giveBack();
        cut.shutdown();
        upcall.giveUp(); // the client may be gone before its stream began: then nobody has read the upstream's
        self.tell(new CallActor.Finished(complete ? Outcome.ANSWERED : Outcome.CANCELLED));
    }

    /// Only what belongs to this request passes, up to its answer; where no answer comes, an error takes its place.
    private Source<Message, NotUsed> translated(Source<Event, NotUsed> events) {
        var open = task.listens() ? events.takeWithin(ports.settings().streamLife()) : events;
        return open.via(cut.flow())
                .mapConcat(Event::message)
                .filter(message -> message.kind() != Message.Kind.REQUEST
                        && !upcall.translation().foreign(message))
                .takeWhile(message -> !upcall.translation().answers(message), true)
                .map(message -> upcall.translation().answers(message)
                        ? last(upcall.translation().back(message))
                        : upcall.translation().back(message))
                .mapError(Throwable.class, this::noted)
                .recoverWithRetries(1, Throwable.class, Source::empty)
                .concatLazy(Source.lazySource(this::missing).mapMaterializedValue(_ -> NotUsed.getInstance()));
    }

    private Throwable noted(Throwable failure) {
        cause.set(Failures.broken(failure));
        return failure;
    }

    private Source<Message, NotUsed> missing() {
        if (complete) {
            return Source.empty();
        }
        return Source.single(last(
                task.listens() ? StateSeal.endOfListening(task.id()) : task.error(upcall.complained(cause.get()))));
    }

    private Message last(Message message) {
        complete = true;
        return seal.seal(message);
    }
}
