package gatehouse.session.federation;

import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Place;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/// Listens to members for all clients of this node: one stream for each [Need], many listeners, each told in its own
/// words. It lives as long as the node; everything in it ends with its listeners.
final class HubActor {

    sealed interface Command {}

    record Join(Listener listener) implements Command {}

    record Leave(Listener listener) implements Command {}

    /// Ends listeners whose route is not what it was; where there still is one, its lists are others now.
    record Keep(Predicate<Joint> standing, Predicate<Joint> there) implements Command {}

    record Opened(ActorRef<Taken> ack) implements Command {}

    record Heard(Tap tap, Message message, ActorRef<Taken> ack) implements Command {}

    record Closed(Tap tap, boolean denied) implements Command {}

    /// The next message may come.
    record Taken() {}

    private record Waited(Listener listener) implements Command {}

    private record Reopen(Tap tap) implements Command {}

    record Compare(Watch.Key key) implements Command {}

    record Compared(Watch.Key key, Map<ListKind, String> versions) implements Command {}

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final HubPorts ports;
    private final Set<Listener> listeners = new HashSet<>();
    private final Map<Need, Tap> taps = new HashMap<>();
    private final Changes changes;

    private HubActor(ActorContext<Command> context, TimerScheduler<Command> timers, HubPorts ports) {
        this.context = context;
        this.timers = timers;
        this.ports = ports;
        this.changes = new Changes(context, timers, ports);
    }

    static Behavior<Command> create(HubPorts ports) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> Behaviors.receiveMessage(new HubActor(context, timers, ports)::hear)));
    }

    private Behavior<Command> hear(Command command) {
        switch (command) {
            case Join(var listener) -> join(listener);
            case Leave(var listener) -> leave(listener);
            case Keep(var standing, var there) ->
                List.copyOf(listeners).stream()
                        .filter(listener -> !standing.test(listener.joint()))
                        .forEach(listener -> listener.end(there.test(listener.joint())));
            case Opened(var ack) -> ack.tell(new Taken());
            case Heard(var tap, var message, var ack) -> {
                if (stands(tap)) {
                    heard(tap.need(), tap, message);
                }
                ack.tell(new Taken());
            }
            case Closed(var tap, var denied) -> closed(tap, denied);
            case Waited(var listener) -> listener.acknowledge();
            case Reopen(var tap) -> reopen(tap);
            case Compare(var key) -> changes.compare(key);
            case Compared(var key, var versions) -> changes.compared(key, versions);
        }
        ports.held().listeners().set(listeners.size());
        ports.held().taps().set(taps.size());
        return Behaviors.same();
    }

    private void join(Listener listener) {
        listeners.add(listener);
        changes.join(listener);
        timers.startSingleTimer(
                listener, new Waited(listener), ports.settings().listening().acknowledge());
        var settled = listener.needs().isEmpty();
        for (var need : listener.needs()) {
            settled = attach(listener, need);
        }
        if (settled) {
            listener.acknowledge();
        }
    }

    /// True if the listener waits for nothing more.
    private boolean attach(Listener listener, Need need) {
        var tap = taps.get(need);
        if (tap == null && taps.size() >= ports.settings().listening().streams()) {
            return listener.settle(need, ListenFilter.NOTHING);
        }
        if (tap == null) {
            tap = new Tap(need);
            taps.put(need, tap);
            tap.listeners().add(listener);
            reopen(tap);
            return false;
        }
        tap.listeners().add(listener);
        return tap.granted().isPresent() && listener.settle(need, tap.granted().get());
    }

    private void leave(Listener listener) {
        if (!listeners.remove(listener)) {
            return;
        }
        timers.cancel(listener);
        for (var need : listener.needs()) {
            var tap = taps.get(need);
            if (tap != null
                    && tap.listeners().remove(listener)
                    && tap.listeners().isEmpty()) {
                tap.cut();
                timers.cancel(need);
                taps.remove(need);
            }
        }
        changes.leave(listener);
    }

    private void reopen(Tap tap) {
        if (stands(tap) && !tap.listeners().isEmpty()) {
            var listener = tap.listeners().iterator().next();
            tap.open(listener, ports.asking(), ports.settings().lists().deadline(), context);
        }
    }

    private boolean stands(Tap tap) {
        return taps.get(tap.need()) == tap;
    }

    /// Its listeners do not notice, but that they are not kept waiting for it any more.
    private void closed(Tap tap, boolean denied) {
        if (!stands(tap)) {
            return;
        }
        var need = tap.need();
        var wait = tap.close(ports.settings().listening().relisten(), denied);
        timers.startSingleTimer(need, new Reopen(tap), wait);
        tap.granted().ifPresent(granted -> settle(tap, granted));
    }

    private void settle(Tap tap, ListenFilter granted) {
        for (var listener : List.copyOf(tap.listeners())) {
            if (listener.settle(tap.need(), granted)) {
                listener.acknowledge();
            }
        }
    }

    private void heard(Need need, Tap tap, Message message) {
        switch (message.method()) {
            case "notifications/subscriptions/acknowledged" -> granted(need, tap, ListenFilter.of(message));
            case "notifications/tools/list_changed" -> changes.note(need, List.of(ListKind.TOOLS));
            case "notifications/prompts/list_changed" -> changes.note(need, List.of(ListKind.PROMPTS));
            case "notifications/resources/list_changed" ->
                changes.note(need, List.of(ListKind.RESOURCES, ListKind.TEMPLATES));
            case "notifications/resources/updated" ->
                message.text(Place.PARAMS_URI).ifPresent(uri -> updated(need, tap, uri));
            case "notifications/tasks" ->
                tap.listeners()
                        .forEach(listener ->
                                listener.tellTask(need, message, ports.lists().knownUris(listener.joint())));
            default -> {}
        }
    }

    private void granted(Need need, Tap tap, ListenFilter filter) {
        var missed = tap.grant(filter);
        settle(tap, filter);
        if (missed) {
            if (!filter.kinds().isEmpty()) {
                changes.note(need, List.of(ListKind.values()));
            }
            filter.uris().forEach(uri -> updated(need, tap, uri));
        }
    }

    private void updated(Need need, Tap tap, String uri) {
        ports.reads().outdate(need.upstream(), uri);
        tap.listeners()
                .forEach(listener ->
                        listener.tellUpdated(need, uri, ports.lists().knownUris(listener.joint())));
    }
}
