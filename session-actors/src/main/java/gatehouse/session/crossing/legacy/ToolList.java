package gatehouse.session.crossing.legacy;

import gatehouse.session.crossing.legacy.Annotations.Annotation;
import gatehouse.session.mcp.Members;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Place;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.util.ByteString;

/// The tools of a modern upstream as a client of an older revision may see them: each as it is, but for what that
/// revision would stumble over.
final class ToolList {

    private static final String INPUT = "inputSchema";
    private static final String OUTPUT = "outputSchema";
    private static final String EXECUTION = "execution";

    private ToolList() {}

    /// @param tasks whether each of them may be called as a task
    static Message shown(Message answer, boolean tasks) {
        var tools = tools(answer);
        var shown = tools.stream().flatMap(tool -> shown(tool, tasks).stream()).toList();
        return shown.equals(tools) ? answer : answer.with(Place.RESULT_TOOLS, Members.json(shown));
    }

    /// The annotated arguments of each tool that has such, in the order of the list.
    ///
    /// @param most annotations; the first tool that would have more than are left ends the search
    static Map<String, List<Annotation>> annotations(Message answer, int most) {
        var annotations = new LinkedHashMap<String, List<Annotation>>();
        var left = most;
        for (var tool : tools(answer)) {
            var members = Members.of(tool);
            var name = Members.text(members, "name").orElse("");
            var found = Annotations.of(Members.object(members, INPUT)).orElse(List.of());
            left -= found.size();
            if (left < 0) {
                break;
            }
            if (!found.isEmpty() && !name.isEmpty() && name.length() <= Annotations.LONGEST_NAME) {
                annotations.put(name, found);
            }
        }
        return annotations;
    }

    private static List<String> tools(Message answer) {
        return Members.elements(
                answer.raw(Place.RESULT_TOOLS).map(ByteString::utf8String).orElse("[]"));
    }

    private static Optional<String> shown(String tool, boolean tasks) {
        var members = Members.of(tool);
        if (Annotations.of(Members.object(members, INPUT)).isEmpty()) {
            return Optional.empty();
        }
        var changed = members.containsKey(OUTPUT) && !describesObject(members.getOrDefault(OUTPUT, ""));
        if (changed) {
            members.remove(OUTPUT);
        }
        if (tasks) {
            members.put(EXECUTION, "{\"taskSupport\":\"optional\"}");
        }
        var had = members.containsKey(EXECUTION) && !tasks;
        if (had) {
            members.remove(EXECUTION);
        }
        return Optional.of(changed || tasks || had ? Members.json(members) : tool);
    }

    /// What a client of an older revision takes for an output schema.
    private static boolean describesObject(String schema) {
        return Members.of(schema).getOrDefault("type", "").equals("\"object\"");
    }
}
