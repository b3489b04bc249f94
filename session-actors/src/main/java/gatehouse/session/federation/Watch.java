package gatehouse.session.federation;

import gatehouse.config.catalogue.RouteId;
import gatehouse.policy.verdict.Principal;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What one principal's listeners on one route know of the route's lists, so that they only hear of real changes.
final class Watch {

    /// Whose listeners, and where.
    record Key(RouteId route, Principal principal) {}

    private final Set<Listener> listeners = new HashSet<>();
    private final Map<ListKind, Optional<String>> before = new EnumMap<>(ListKind.class);
    private final Set<ListKind> pending = EnumSet.noneOf(ListKind.class);
    private boolean comparing;

    Set<Listener> listeners() {
        return listeners;
    }

    Joint joint() {
        return listeners.iterator().next().joint();
    }

    boolean wants(ListKind kind) {
        return listeners.stream().anyMatch(listener -> listener.asks(kind.capability()));
    }

    /// A member says that a list changed.
    ///
    /// @param known the version that clients may have seen
    void note(ListKind kind, Optional<String> known) {
        before.putIfAbsent(kind, known);
        pending.add(kind);
    }

    /// What is to be compared now; none while that is under way.
    Set<ListKind> take() {
        if (comparing || pending.isEmpty()) {
            return Set.of();
        }
        comparing = true;
        var taken = EnumSet.copyOf(pending);
        pending.clear();
        return taken;
    }

    /// Whether clients have to know: the list is another one, or nobody can tell.
    boolean compare(ListKind kind, String version) {
        var known = Optional.ofNullable(before.remove(kind)).flatMap(found -> found);
        if (pending.contains(kind)) {
            before.put(kind, Optional.of(version));
        }
        return known.filter(version::equals).isEmpty();
    }

    /// The comparison is over. True if another one is due.
    boolean done() {
        comparing = false;
        return !pending.isEmpty();
    }
}
