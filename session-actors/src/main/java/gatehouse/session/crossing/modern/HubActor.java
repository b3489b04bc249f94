package gatehouse.session.crossing.modern;

import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Place;
import gatehouse.session.upstream.Event;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.Done;
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

    /// What the upstream said to one subscription.
    record Answered(Subscribing.Turn turn, String uri, boolean took) implements Command {}

    /// The upstream took these subscriptions for a listener.
    record Subscribed(Listener listener, Set<String> uris) implements Command {}

    private record SettleOver(Listener listener) implements Command {}

    private record Flush() implements Command {}

    private record LingerOver() implements Command {}

    /// Time to open a session again that the upstream forgot.
    record Reopen(Hello lost, int times) implements Command {}

    /// Nothing fresh if that did not work.
    record Reopened(Optional<Hello> fresh, Reopen of) implements Command {}

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final ModernSettings settings;
    private final Linking linking;
    private final Subscribing subscribing;
    private final Audience audience = new Audience();
    private final Set<String> changed = new LinkedHashSet<>();
    private boolean settled;
    private boolean offered = true;

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
        this.settings = settings;
        this.linking = new Linking(context, leg, hello, settings);
        this.subscribing = new Subscribing(leg, context);
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
            case LinkHeard _ -> linking.heard();
            case LinkLost(var lost) -> lost(lost);
            case Dismiss _ -> audience.dismiss();
            case LinkSettled(var there, var missed) -> settled(there, missed);
            case Answered answered ->
                subscribing.answered(answered, linking.hello()).ifPresent(this::subscribed);
            case Subscribed subscribed -> subscribed(subscribed);
            case SettleOver(var listener) -> audience.settle(listener, offered);
            case Flush _ -> flush();
            case LingerOver _ -> linger();
            case Reopen reopen -> linking.reopen(reopen);
            case Reopened reopened -> reopened(reopened);
            case Stop _ -> {}
        }
        return Behaviors.same();
    }

    private void join(Listener listener) {
        audience.join(listener, settings.listening());
        timers.cancel(LingerOver.class);
        context.scheduleOnce(settings.listening().settle(), context.getSelf(), new SettleOver(listener));
        if (linking.begin()) {
            settled = false;
        }
        subscribe(listener);
    }

    private void leave(Listener listener) {
        var partly = subscribing.forget(listener);
        audience.leave(listener, partly).forEach(uri -> subscribing.unsubscribe(linking.hello(), uri));
        if (audience.isEmpty()) {
            timers.startSingleTimer(
                    LingerOver.class, new LingerOver(), settings.listening().linger());
        }
    }

    private void linger() {
        if (audience.isEmpty()) {
            linking.end();
        }
    }

    private void subscribe(Listener listener) {
        subscribing.begin(linking.hello(), listener);
    }

    private void subscribed(Subscribed subscribed) {
        var listener = subscribed.listener();
        audience.subscribed(listener, subscribed.uris()).forEach(uri -> subscribing.unsubscribe(linking.hello(), uri));
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
        if (!fresh.equals(linking.hello())) { // else the hub began with it, or has it already
            relink(fresh);
        }
    }

    /// The new session knows nothing of what was subscribed to in the old one.
    private void relink(Hello fresh) {
        linking.move(fresh, !audience.isEmpty());
        settled = false;
        audience.all().forEach(this::subscribe);
    }

    private void lost(Hello lost) {
        if (!linking.lost(lost)) {
            settled(false, false);
        }
    }

    private void reopened(Reopened reopened) {
        linking.reopened(reopened).ifPresent(this::relink);
    }

    private void said(Message message) {
        switch (message.kind()) {
            case NOTIFICATION -> {
                Wishes.changed(message).ifPresent(this::changed);
                if (message.method().equals("notifications/resources/updated")) {
                    message.text(Place.PARAMS_URI).ifPresent(uri -> audience.updated(uri, message));
                }
            }
            case REQUEST -> subscribing.answer(linking.hello(), message);
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
