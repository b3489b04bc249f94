package gatehouse.session.federation;

import gatehouse.session.mcp.Json;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Place;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.pekko.util.ByteString;

/// What members can do together, as far as a joined route relays it.
final class Capabilities {

    /// What passes, and the flags that pass within it.
    private static final Map<String, Set<String>> RELAYED = Map.of(
            "tools", Set.of("listChanged"),
            "prompts", Set.of("listChanged"),
            "resources", Set.of("listChanged", "subscribe"),
            "completions", Set.of(),
            "logging", Set.of());

    private static final Set<String> EXTENSIONS = Set.of("io.modelcontextprotocol/tasks", "io.modelcontextprotocol/ui");

    private final SequencedMap<String, TreeSet<String>> relayed = new LinkedHashMap<>();
    private final SequencedMap<String, String> extensions = new LinkedHashMap<>();

    private Capabilities() {}

    /// The union of what the members' `server/discover` say.
    static String union(List<Message> results) {
        var union = new Capabilities();
        results.forEach(result -> result.raw(Place.RESULT_CAPABILITIES).ifPresent(union::add));
        return union.json();
    }

    private void add(ByteString capabilities) {
        var members = Json.members(capabilities);
        RELAYED.forEach((name, flags) -> {
            if (members.containsKey(name)) {
                var raised = relayed.computeIfAbsent(name, _ -> new TreeSet<>());
                Json.members(members.get(name)).forEach((flag, value) -> {
                    if (flags.contains(flag) && value.utf8String().equals("true")) {
                        raised.add(flag);
                    }
                });
            }
        });
        Json.members(members.getOrDefault("extensions", ByteString.fromString("{}")))
                .forEach((name, value) -> {
                    if (EXTENSIONS.contains(name)) {
                        extensions.putIfAbsent(name, value.utf8String());
                    }
                });
    }

    private String json() {
        var members = new TreeMap<String, String>();
        relayed.forEach((name, flags) -> members.put(
                name,
                object(flags.stream().map(flag -> Json.quote(flag) + ":true").toList())));
        if (!extensions.isEmpty()) {
            members.put(
                    "extensions",
                    object(extensions.entrySet().stream()
                            .map(extension -> Json.quote(extension.getKey()) + ":" + extension.getValue())
                            .toList()));
        }
        return object(members.entrySet().stream()
                .map(member -> Json.quote(member.getKey()) + ":" + member.getValue())
                .toList());
    }

    private static String object(List<String> members) {
        return "{" + String.join(",", members) + "}";
    }
}
