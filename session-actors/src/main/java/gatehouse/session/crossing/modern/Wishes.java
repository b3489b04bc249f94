package gatehouse.session.crossing.modern;

import gatehouse.session.mcp.Json;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Nested;
import gatehouse.session.mcp.Place;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.pekko.util.ByteString;

/// What a listener wants to hear of: changes of lists by their kind, and of resources by their URI.
record Wishes(Set<String> kinds, Set<String> uris) {

    /// The kinds of lists, as capabilities and methods name them.
    static final List<String> KINDS = List.of("tools", "prompts", "resources");

    private static final String SUBSCRIPTIONS = "resourceSubscriptions";
    private static final ByteString TRUE = ByteString.fromString("true");

    Wishes {
        kinds = Set.copyOf(kinds);
        uris = Set.copyOf(uris);
    }

    /// @param most URIs; more are not listened for
    static Wishes of(Message listen, int most) {
        var wanted = listen.raw(Place.PARAMS_NOTIFICATIONS).map(Nested::members).orElseGet(LinkedHashMap::new);
        return new Wishes(
                KINDS.stream()
                        .filter(kind -> TRUE.equals(wanted.get(flag(kind))))
                        .collect(Collectors.toSet()),
                Nested.elements(wanted.getOrDefault(SUBSCRIPTIONS, ByteString.emptyByteString())).stream()
                        .flatMap(uri -> Nested.text(uri).stream())
                        .distinct()
                        .limit(most)
                        .collect(Collectors.toCollection(LinkedHashSet::new)));
    }

    /// Those an upstream promised to tell of.
    Wishes promised(Hello hello) {
        return new Wishes(
                kinds.stream().filter(hello::tellsOfChanges).collect(Collectors.toSet()),
                hello.takesSubscriptions() ? uris : Set.of());
    }

    /// Without the resources that exceed this many, or this many bytes.
    Wishes within(int most, long mostBytes) {
        var fitting = new LinkedHashSet<String>();
        var left = mostBytes;
        for (var uri : uris) {
            var size = size(List.of(uri));
            if (fitting.size() < most && size <= left) {
                fitting.add(uri);
                left -= size;
            }
        }
        return new Wishes(kinds, fitting);
    }

    static long size(Collection<String> uris) {
        return uris.stream().mapToLong(uri -> ByteString.fromString(uri).size()).sum();
    }

    /// Those of them that can be kept.
    Wishes kept(boolean kindsToo, Predicate<String> uri) {
        return new Wishes(kindsToo ? kinds : Set.of(), uris.stream().filter(uri).collect(Collectors.toSet()));
    }

    /// Whether a change of this resource is of interest: it may lie below one that was asked for.
    boolean covers(String changed) {
        return uris.contains(changed) || uris.stream().anyMatch(uri -> isBelow(changed, uri));
    }

    boolean isEmpty() {
        return kinds.isEmpty() && uris.isEmpty();
    }

    /// As `notifications` of the acknowledgement has it.
    String json() {
        var json = new LinkedHashMap<String, ByteString>();
        KINDS.stream().filter(kinds::contains).forEach(kind -> json.put(flag(kind), TRUE));
        if (!uris.isEmpty()) {
            json.put(
                    SUBSCRIPTIONS,
                    ByteString.fromString(Nested.array(uris.stream()
                            .sorted()
                            .map(uri -> ByteString.fromString(Json.quote(uri)))
                            .toList())));
        }
        return Nested.object(json);
    }

    /// The kind of list whose change a notification tells of.
    static Optional<String> changed(Message notification) {
        return KINDS.stream()
                .filter(kind -> notification.method().equals(changeOf(kind)))
                .findFirst();
    }

    static String changeOf(String kind) {
        return "notifications/" + kind + "/list_changed";
    }

    private static boolean isBelow(String changed, String uri) {
        return changed.startsWith(uri) && (uri.endsWith("/") || "/?#".indexOf(changed.charAt(uri.length())) >= 0);
    }

    private static String flag(String kind) {
        return kind + "ListChanged";
    }
}
