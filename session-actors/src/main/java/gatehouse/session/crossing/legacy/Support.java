package gatehouse.session.crossing.legacy;

import gatehouse.session.mcp.Members;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a modern upstream offers, as far as it concerns the way between the eras.
///
/// @param changes the lists it tells changes of: `tools`, `prompts`, `resources`
/// @param subscribable whether it tells changes of single resources
/// @param tasks whether it has the tasks extension
record Support(Set<String> changes, boolean subscribable, boolean tasks) {

    static final Support NONE = new Support(Set.of(), false, false);
    static final String TASKS = "io.modelcontextprotocol/tasks";

    private static final List<String> LISTS = List.of("tools", "prompts", "resources");

    Support {
        changes = Set.copyOf(changes);
    }

    /// @param capabilities the members of what it declares, as JSON
    static Support of(Map<String, String> capabilities) {
        return new Support(
                LISTS.stream()
                        .filter(list -> flag(capabilities, list, "listChanged"))
                        .collect(Collectors.toSet()),
                flag(capabilities, "resources", "subscribe"),
                Members.of(Members.object(capabilities, "extensions")).containsKey(TASKS));
    }

    /// The same as a client of an older revision is told. Extensions pass, but for tasks: those are in the core
    /// there.
    static String legacy(Map<String, String> capabilities, boolean tasks) {
        var legacy = new LinkedHashMap<>(capabilities);
        var extensions = Members.of(Members.object(capabilities, "extensions"));
        var extended = extensions.remove(TASKS) != null;
        if (extensions.isEmpty()) {
            legacy.remove("extensions");
        } else {
            legacy.put("extensions", Members.json(extensions));
        }
        legacy.remove("tasks");
        if (extended && tasks) {
            legacy.put("tasks", "{\"cancel\":{},\"requests\":{\"tools\":{\"call\":{}}}}");
        }
        return Members.json(legacy);
    }

    Stream<String> changed() {
        return LISTS.stream().filter(changes::contains);
    }

    private static boolean flag(Map<String, String> capabilities, String name, String flag) {
        return Members.of(Members.object(capabilities, name))
                .getOrDefault(flag, "false")
                .equals("true");
    }
}
