package gatehouse.session.crossing.modern;

import gatehouse.session.mcp.Json;
import gatehouse.session.mcp.Message;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Those who listen at a hub, and the subscriptions each of them got; nothing yet where the upstream was not heard.
final class Audience {

    private final Map<Listener, Optional<Set<String>>> listeners = new HashMap<>();

    boolean isEmpty() {
        return listeners.isEmpty();
    }

    Set<Listener> all() {
        return Set.copyOf(listeners.keySet());
    }

    /// What does not fit into the room that all of them share is not listened for.
    void join(Listener listener, ModernSettings.Listening bounds) {
        var uris = listeners.keySet().stream()
                .flatMap(other -> other.wishes().uris().stream())
                .toList();
        listener.narrow(
                listener.wishes().within(bounds.ofLeg() - uris.size(), bounds.ofLegBytes() - Wishes.size(uris)));
        listeners.put(listener, Optional.empty());
    }

    /// The subscriptions that nobody needs any more.
    ///
    /// @param partly subscriptions it got while not all were known yet
    Set<String> leave(Listener listener, Set<String> partly) {
        var got = new HashSet<>(got(listener));
        got.addAll(partly);
        listeners.remove(listener);
        return unneeded(got);
    }

    /// The upstream took these; those of them are given back that nobody needs any more.
    Set<String> subscribed(Listener listener, Set<String> uris) {
        if (!listeners.containsKey(listener)) {
            return unneeded(uris);
        }
        listeners.put(listener, Optional.of(uris));
        return Set.of();
    }

    /// Tells everybody what can be heard whose subscriptions are known.
    void settle(boolean offered) {
        listeners.forEach((listener, got) -> {
            if (got.isPresent()) {
                settle(listener, offered);
            }
        });
    }

    void settle(Listener listener, boolean offered) {
        listener.settle(listener.wishes().kept(offered, got(listener)::contains));
    }

    void changed(String kind) {
        var notification = Message.notification(Wishes.changeOf(kind), "{}");
        listeners.keySet().stream()
                .filter(listener -> listener.wishes().kinds().contains(kind))
                .forEach(listener -> tell(listener, notification));
    }

    void updated(String uri, Message notification) {
        listeners.keySet().stream()
                .filter(listener -> listener.wishes().covers(uri))
                .forEach(listener -> tell(listener, notification));
    }

    /// Any of them may have changed.
    void updated() {
        for (var listener : listeners.keySet()) {
            for (var uri : got(listener)) {
                tell(
                        listener,
                        Message.notification("notifications/resources/updated", "{\"uri\":" + Json.quote(uri) + "}"));
            }
        }
    }

    /// Each leaves by itself when its stream has ended.
    void dismiss() {
        listeners.keySet().forEach(Listener::end);
    }

    /// Who is too slow listens anew, and asks for everything again.
    private static void tell(Listener listener, Message message) {
        if (!listener.tell(message)) {
            listener.end();
        }
    }

    private Set<String> got(Listener listener) {
        return listeners.getOrDefault(listener, Optional.empty()).orElseGet(Set::of);
    }

    private Set<String> unneeded(Set<String> uris) {
        var rest = new HashSet<>(uris);
        listeners.keySet().forEach(other -> rest.removeAll(other.wishes().uris()));
        return rest;
    }
}
