package gatehouse.session.crossing.modern;

import gatehouse.session.upstream.Event;
import gatehouse.session.upstream.Reply;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;

/// Holds the upstream's own stream open for a hub. It comes back when the upstream hangs up, where it was if the
/// upstream names its events, and stays away from an upstream that offers no such stream.
final class HubLink {

    sealed interface Command {}

    private record Connected(Reply reply) implements Command {}

    private record Ended() implements Command {}

    private record Again() implements Command {}

    /// What the link joins.
    record Ends(SharedLeg leg, Hello hello, ModernSettings settings, ActorRef<HubActor.Command> hub) {}

    private static final int MOST_DOUBLINGS = 6;
    private static final int NOT_FOUND = 404;
    private static final Duration LATEST = Duration.ofMinutes(1);

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final Ends ends;
    private volatile Event last = new Event("", -1, List.of()); // written by the stream, read when it has ended
    private volatile boolean heard; // a message on this stream
    private long since; // this stream was opened
    private boolean fresh;
    private boolean missed;
    private int failures; // in a row: streams that were not worth opening

    /// @param fresh whether the session was opened just now; then something may have been said before
    static Behavior<Command> create(Ends ends, boolean fresh) {
        return Behaviors.setup(
                context -> Behaviors.withTimers(timers -> new HubLink(context, timers, ends, fresh).connect()));
    }

    private HubLink(ActorContext<Command> context, TimerScheduler<Command> timers, Ends ends, boolean fresh) {
        this.context = context;
        this.timers = timers;
        this.ends = ends;
        this.fresh = fresh;
        this.missed = fresh;
    }

    private Behavior<Command> connect() {
        var reply = ends.leg().send(ends.leg().listening(ends.hello(), last.id()));
        context.pipeToSelf(reply, (got, failure) -> failure == null ? new Connected(got) : new Again());
        return Behaviors.receive(Command.class)
                .onMessage(Connected.class, connected -> connected(connected.reply()))
                .onMessage(Again.class, again -> later(-1))
                .onSignal(PostStop.class, stopped -> {
                    if (!reply.cancel(true)) {
                        var _ = reply.thenAccept(this::discard);
                    }
                    return Behaviors.same();
                })
                .build();
    }

    private Behavior<Command> connected(Reply reply) {
        return switch (reply) {
            case Reply.Streamed streamed -> listen(streamed);
            case Reply.Refused refused
            when refused.status() == NOT_FOUND && !ends.hello().leg().session().isEmpty() && !fresh -> lost();
            case Reply.Refused _, Reply.Single _, Reply.Accepted _ -> {
                ends.hub().tell(new HubActor.LinkSettled(false, false));
                yield Behaviors.empty();
            }
            case Reply.Failed _ -> later(-1);
        };
    }

    private Behavior<Command> listen(Reply.Streamed streamed) {
        ends.hub().tell(new HubActor.LinkSettled(true, missed));
        fresh = false;
        heard = false;
        since = System.nanoTime();
        var running = streamed.events()
                .viaMat(KillSwitches.single(), Keep.right())
                .mapAsync(1, this::hand)
                .toMat(Sink.ignore(), Keep.both())
                .run(context.getSystem());
        context.pipeToSelf(running.second(), (done, failure) -> new Ended());
        return Behaviors.receive(Command.class)
                .onMessage(Ended.class, ended -> ended())
                .onSignal(PostStop.class, stopped -> {
                    running.first().shutdown();
                    return Behaviors.same();
                })
                .build();
    }

    private CompletionStage<Done> hand(Event event) {
        heard = heard || !event.message().isEmpty();
        last = new Event(event.id().isEmpty() ? last.id() : event.id(), event.retryMillis(), List.of());
        var taken = new CompletableFuture<Done>();
        ends.hub().tell(new HubActor.Heard(event, taken));
        return taken;
    }

    private Behavior<Command> ended() {
        if (heard || System.nanoTime() - since > LATEST.toNanos()) {
            failures = 0;
            ends.hub().tell(new HubActor.LinkHeard());
        }
        return later(last.retryMillis());
    }

    /// Waits as long as the upstream asked for, within reason; longer and longer where nothing comes of it.
    private Behavior<Command> later(long retryMillis) {
        ends.hub().tell(new HubActor.LinkSettled(true, false));
        missed = last.id().isEmpty();
        timers.startSingleTimer(new Again(), pause(retryMillis));
        failures++;
        return Behaviors.receive(Command.class)
                .onMessage(Again.class, again -> connect())
                .build();
    }

    private Duration pause(long retryMillis) {
        var settings = ends.settings();
        var unit = retryMillis < 0 ? settings.listening().reconnect() : settings.soonest();
        var backoff = unit.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
        var asked = Duration.ofMillis(Math.clamp(retryMillis, 0, LATEST.toMillis()));
        return asked.compareTo(backoff) < 0 ? backoff : asked;
    }

    /// The hub opens the session again and links anew, unless there is no point in it.
    private Behavior<Command> lost() {
        ends.hub().tell(new HubActor.LinkLost(ends.hello()));
        return Behaviors.empty();
    }

    private void discard(Reply late) {
        if (late instanceof Reply.Streamed(var events, var session)) {
            events.runWith(Sink.cancelled(), context.getSystem());
        }
    }
}
