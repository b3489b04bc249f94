package gatehouse.session.crossing.modern;

import gatehouse.session.upstream.Event;
import gatehouse.session.upstream.Outbound;
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

    private static final int MOST_DOUBLINGS = 6;
    private static final long LONGEST_RETRY = 60_000;
    private static final int NOT_FOUND = 404;

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final SharedLeg leg;
    private final Hello hello;
    private final Duration reconnect;
    private final ActorRef<HubActor.Command> hub;
    private volatile Event last = new Event("", -1, List.of()); // written by the stream, read when it has ended
    private boolean missed;
    private int failures;

    /// @param missed whether something may have been said before
    static Behavior<Command> create(
            SharedLeg leg, Hello hello, Duration reconnect, boolean missed, ActorRef<HubActor.Command> hub) {
        return Behaviors.setup(context -> Behaviors.withTimers(
                timers -> new HubLink(context, timers, leg, hello, reconnect, missed, hub).connect()));
    }

    private HubLink(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            SharedLeg leg,
            Hello hello,
            Duration reconnect,
            boolean missed,
            ActorRef<HubActor.Command> hub) {
        this.context = context;
        this.timers = timers;
        this.leg = leg;
        this.hello = hello;
        this.reconnect = reconnect;
        this.missed = missed;
        this.hub = hub;
    }

    private Behavior<Command> connect() {
        var reply = leg.send(new Outbound.Listen(last.id(), hello.leg().headers(List.of())));
        context.pipeToSelf(reply, (got, failure) -> failure == null ? new Connected(got) : new Again());
        return Behaviors.receive(Command.class)
                .onMessage(Connected.class, connected -> connected(connected.reply()))
                .onMessage(Again.class, again -> later())
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
            case Reply.Refused(var status, var body, var session)
            when status == NOT_FOUND && !hello.leg().session().isEmpty() -> lost();
            case Reply.Refused _, Reply.Single _, Reply.Accepted _ -> {
                hub.tell(new HubActor.LinkSettled(false, false));
                yield Behaviors.empty();
            }
            case Reply.Failed _ -> later();
        };
    }

    private Behavior<Command> listen(Reply.Streamed streamed) {
        hub.tell(new HubActor.LinkSettled(true, missed));
        failures = 0;
        var running = streamed.events()
                .viaMat(KillSwitches.single(), Keep.right())
                .mapAsync(1, this::hand)
                .toMat(Sink.ignore(), Keep.both())
                .run(context.getSystem());
        context.pipeToSelf(running.second(), (done, failure) -> new Ended());
        return Behaviors.receive(Command.class)
                .onMessage(Ended.class, ended -> later())
                .onSignal(PostStop.class, stopped -> {
                    running.first().shutdown();
                    return Behaviors.same();
                })
                .build();
    }

    private CompletionStage<Done> hand(Event event) {
        last = new Event(event.id().isEmpty() ? last.id() : event.id(), event.retryMillis(), List.of());
        var taken = new CompletableFuture<Done>();
        hub.tell(new HubActor.Heard(event, taken));
        return taken;
    }

    /// Waits as long as the upstream asked for, or longer and longer.
    private Behavior<Command> later() {
        hub.tell(new HubActor.LinkSettled(true, false));
        missed = last.id().isEmpty();
        var backoff = reconnect.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
        failures++;
        timers.startSingleTimer(
                new Again(),
                last.retryMillis() < 0 ? backoff : Duration.ofMillis(Math.min(last.retryMillis(), LONGEST_RETRY)));
        return Behaviors.receive(Command.class)
                .onMessage(Again.class, again -> connect())
                .build();
    }

    /// The hub hears of the new session, and links anew.
    private Behavior<Command> lost() {
        context.pipeToSelf(leg.after(hello), (fresh, failure) -> failure == null ? new Ended() : new Again());
        return Behaviors.receive(Command.class)
                .onMessage(Ended.class, moved -> Behaviors.same())
                .onMessage(Again.class, again -> later())
                .build();
    }

    private void discard(Reply late) {
        if (late instanceof Reply.Streamed(var events, var session)) {
            events.runWith(Sink.cancelled(), context.getSystem());
        }
    }
}
