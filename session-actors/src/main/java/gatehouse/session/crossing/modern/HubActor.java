package gatehouse.session.crossing.modern;

import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Place;
import gatehouse.session.upstream.Event;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/// Tells everybody of one principal who listens what an upstream says by itself: one stream there, many listeners here.
final class HubActor {

    sealed interface Command {}

    /// Somebody begins to listen.
    record Join(Listener listener) implements Command {}

    /// Somebody stops listening.
    record Leave(Listener listener) implements Command {}

    /// The upstream said something, on whichever stream.
    ///
    /// @param taken completes when the next may be said
    record Heard(Event event, CompletableFuture<Done> taken) implements Command {}

    /// The leg was opened again.
    record Moved(Hello hello) implements Command {}

    /// The upstream's own stream was worth opening.
    record LinkHeard() implements Command {}

    /// The upstream says on its own stream that it does not know the session.
    record LinkLost(Hello lost) implements Command {}

    /// Everybody is to listen elsewhere.
    record Dismiss() implements Command {}

    /// The leg ends.
    record Stop() implements Command {}

    /// The upstream's own stream is there, or will not be for now.
    ///
    /// @param offered whether the upstream has one at all
    /// @param missed whether something may have been said before it
    record LinkSettled(boolean offered, boolean missed) implements Command {}

    /// The upstream took these subscriptions for a listener.
    private record Subscribed(Listener listener, Set<String> uris) implements Command {}

    private record SettleOver(Listener listener) implements Command {}

    private record Flush() implements Command {}

    private record LingerOver() implements Command {}

    private record Reopen(Hello lost, int times) implements Command {}

    private record Reopened(Optional<Hello> fresh, Reopen of) implements Command {}

    private static final int MOST_DOUBLINGS = 6;

    /// How often in a row a session is opened again for the sake of a stream that brings nothing.
    private static final int LOSSES = 3;

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final SharedLeg leg;
    private final ModernSettings settings;
    private final Subscribing subscribing;
    private final Audience audience = new Audience();
    private final Set<String> changed = new LinkedHashSet<>();
    private Optional<ActorRef<HubLink.Command>> link = Optional.empty();
    private int losses; // sessions forgotten in a row, while the upstream's stream brought nothing
    private boolean settled;
    private boolean offered = true;
    private Hello hello;

    static Behavior<Command> create(SharedLeg leg, Hello hello, ModernSettings settings) {
        return Behaviors.setup(
                context -> Behaviors.withTimers(timers -> new HubActor(context, timers, leg, hello, settings).hear()));
    }

    private HubActor(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            SharedLeg leg,
            Hello hello,
            ModernSettings settings) {
        this.context = context;
        this.timers = timers;
        this.leg = leg;
        this.hello = hello;
        this.settings = settings;
        this.subscribing = new Subscribing(leg, context.getSystem());
    }

    private Behavior<Command> hear() {
        return Behaviors.receive(Command.class)
                .onMessage(Stop.class, stop -> Behaviors.stopped())
                .onAnyMessage(this::heard)
                .onSignal(PostStop.class, stopped -> {
                    audience.dismiss();
                    return Behaviors.same();
                })
                .build();
    }

    private Behavior<Command> heard(Command command) {
        switch (command) {
            case Join(var listener) -> join(listener);
            case Leave(var listener) -> leave(listener);
            case Heard(var event, var taken) -> {
                event.message().forEach(this::said);
                taken.complete(Done.getInstance());
            }
            case Moved(var fresh) -> moved(fresh);
            case LinkHeard _ -> losses = 0;
            case LinkLost(var lost) -> lost(lost);
            case Dismiss _ -> audience.dismiss();
            case LinkSettled(var there, var missed) -> settled(there, missed);
            case Subscribed(var listener, var uris) -> subscribed(listener, uris);
            case SettleOver(var listener) -> audience.settle(listener, offered);
            case Flush _ -> flush();
            case LingerOver _ -> linger();
            case Reopen reopen -> reopen(reopen);
            case Reopened reopened -> reopened(reopened);
            case Stop _ -> {}
        }
        return Behaviors.same();
    }

    private void join(Listener listener) {
        audience.join(listener);
        timers.cancel(LingerOver.class);
        context.scheduleOnce(settings.listening().settle(), context.getSelf(), new SettleOver(listener));
        if (link.isEmpty()) {
            link(false);
        }
        subscribe(listener);
    }

    private void leave(Listener listener) {
        audience.leave(listener).forEach(uri -> subscribing.unsubscribe(hello, uri));
        if (audience.isEmpty()) {
            timers.startSingleTimer(
                    LingerOver.class, new LingerOver(), settings.listening().linger());
        }
    }

    private void linger() {
        if (audience.isEmpty()) {
            unlink();
        }
    }

    private void subscribe(Listener listener) {
        context.pipeToSelf(
                subscribing.subscribe(hello, listener.wishes().uris()),
                (taken, failure) -> new Subscribed(listener, failure == null ? taken : Set.of()));
    }

    private void subscribed(Listener listener, Set<String> uris) {
        audience.subscribed(listener, uris).forEach(uri -> subscribing.unsubscribe(hello, uri));
        if (settled) {
            audience.settle(listener, offered);
        }
    }

    /// Who was promised what will not come listens anew, and is told so.
    private void settled(boolean there, boolean missed) {
        if (settled && offered && !there) {
            audience.dismiss();
        }
        settled = true;
        offered = there;
        audience.settle(offered);
        if (missed) {
            Wishes.KINDS.forEach(this::changed);
            audience.updated();
        }
    }

    private void moved(Hello fresh) {
        if (!fresh.equals(hello)) { // else the hub began with it, or has it already
            relink(fresh);
        }
    }

    /// The new session knows nothing of what was subscribed to in the old one.
    private void relink(Hello fresh) {
        hello = fresh;
        unlink();
        if (!audience.isEmpty()) {
            link(true);
            audience.all().forEach(this::subscribe);
        }
    }

    /// Upstreams that know no such stream may answer just so: they would be asked for one session after another.
    private void lost(Hello lost) {
        if (losses == LOSSES) {
            settled(false, false);
        } else if (lost.equals(hello)) {
            again(new Reopen(lost, losses));
            losses++;
        }
    }

    private void again(Reopen reopen) {
        var doublings = Math.min(reopen.times(), MOST_DOUBLINGS);
        var wait = settings.listening().reconnect().multipliedBy((1L << doublings) - 1);
        context.scheduleOnce(wait, context.getSelf(), reopen);
    }

    private void reopen(Reopen reopen) {
        if (reopen.lost().equals(hello) && link.isPresent()) {
            context.pipeToSelf(
                    leg.after(hello, List.of()),
                    (fresh, failure) -> new Reopened(failure == null ? Optional.of(fresh) : Optional.empty(), reopen));
        }
    }

    private void reopened(Reopened reopened) {
        var reopen = reopened.of();
        if (reopened.fresh().isEmpty()) {
            again(new Reopen(reopen.lost(), reopen.times() + 1));
        } else if (reopen.lost().equals(hello)) {
            relink(reopened.fresh().get());
        }
    }

    /// @param fresh whether the session was opened just now: the upstream cannot have forgotten it yet, and what
    /// came
    /// before may have been missed
    private void link(boolean fresh) {
        settled = false;
        var ends = new HubLink.Ends(leg, hello, settings, context.getSelf());
        link = Optional.of(context.spawnAnonymous(HubLink.create(ends, fresh)));
    }

    private void unlink() {
        link.ifPresent(context::stop);
        link = Optional.empty();
    }

    private void said(Message message) {
        switch (message.kind()) {
            case NOTIFICATION -> {
                Wishes.changed(message).ifPresent(this::changed);
                if (message.method().equals("notifications/resources/updated")) {
                    message.text(Place.PARAMS_URI).ifPresent(uri -> audience.updated(uri, message));
                }
            }
            case REQUEST -> subscribing.answer(hello, message);
            case RESULT, ERROR -> {}
        }
    }

    private void changed(String kind) {
        changed.add(kind);
        if (!timers.isTimerActive(Flush.class)) {
            timers.startSingleTimer(
                    Flush.class, new Flush(), settings.listening().debounce());
        }
    }

    private void flush() {
        changed.forEach(audience::changed);
        changed.clear();
    }
}
