package gatehouse.session.federation;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/// Finds out whether joined lists really changed when members say that theirs did: changes are gathered for a moment,
/// then the lists are fetched anew and compared, one comparison at a time for each principal on a route.
final class Changes {

    private final ActorContext<HubActor.Command> context;
    private final TimerScheduler<HubActor.Command> timers;
    private final HubPorts ports;
    private final Map<Watch.Key, Watch> watches = new HashMap<>();

    Changes(ActorContext<HubActor.Command> context, TimerScheduler<HubActor.Command> timers, HubPorts ports) {
        this.context = context;
        this.timers = timers;
        this.ports = ports;
    }

    void join(Listener listener) {
        watches.computeIfAbsent(key(listener), _ -> new Watch()).listeners().add(listener);
    }

    void leave(Listener listener) {
        var watch = watches.get(key(listener));
        if (watch != null
                && watch.listeners().remove(listener)
                && watch.listeners().isEmpty()) {
            watches.remove(key(listener));
            timers.cancel(key(listener));
        }
    }

    /// A member says so.
    void note(Need need, List<ListKind> kinds) {
        kinds.forEach(kind -> ports.lists().outdate(need.upstream(), kind));
        watches.forEach((key, watch) -> {
            var concerned = key.principal().equals(need.principal())
                    && watch.joint().course().members().stream()
                            .anyMatch(member -> member.upstream().equals(need.upstream()));
            if (concerned) {
                kinds.stream().filter(watch::wants).forEach(kind -> note(key, watch, kind));
            }
        });
    }

    private void note(Watch.Key key, Watch watch, ListKind kind) {
        watch.note(kind, ports.lists().last(watch.joint(), kind).map(JointList::version));
        if (!timers.isTimerActive(key)) {
            compareSoon(key);
        }
    }

    private void compareSoon(Watch.Key key) {
        timers.startSingleTimer(
                key, new HubActor.Compare(key), ports.settings().listening().debounce());
    }

    void compare(Watch.Key key) {
        var watch = watches.get(key);
        if (watch == null) {
            return;
        }
        var versions = new EnumMap<ListKind, CompletableFuture<String>>(ListKind.class);
        watch.take()
                .forEach(kind -> versions.put(
                        kind, ports.lists().list(watch.joint(), kind).thenApply(JointList::version)));
        if (!versions.isEmpty()) {
            var all = CompletableFuture.allOf(versions.values().toArray(CompletableFuture[]::new));
            context.pipeToSelf(all, (done, failure) -> new HubActor.Compared(key, found(versions)));
        }
    }

    /// What could not be fetched counts as changed.
    private static Map<ListKind, String> found(Map<ListKind, CompletableFuture<String>> versions) {
        var found = new EnumMap<ListKind, String>(ListKind.class);
        versions.forEach((kind, version) -> found.put(kind, version.isCompletedExceptionally() ? "" : version.join()));
        return found;
    }

    void compared(Watch.Key key, Map<ListKind, String> versions) {
        var watch = watches.get(key);
        if (watch == null) {
            return;
        }
        var changed = new HashSet<String>();
        versions.forEach((kind, version) -> {
            if (watch.compare(kind, version)) {
                changed.add(kind.capability());
            }
        });
        changed.forEach(kind -> List.copyOf(watch.listeners()).forEach(listener -> listener.tellChanged(kind)));
        if (watch.done()) {
            compareSoon(key);
        }
    }

    private static Watch.Key key(Listener listener) {
        var joint = listener.joint();
        return new Watch.Key(joint.route().id(), joint.principal());
    }
}
