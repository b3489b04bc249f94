package gatehouse.session.crossing.legacy;

import gatehouse.session.crossing.legacy.Annotations.Annotation;
import gatehouse.session.mcp.Members;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Place;
import java.util.HashMap;
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

    /// The annotated arguments of each tool that has such.
    static Map<String, List<Annotation>> annotations(Message answer) {
        var annotations = new HashMap<String, List<Annotation>>();
        for (var tool : tools(answer)) {
            var members = Members.of(tool);
            Annotations.of(Members.object(members, INPUT))
                    .filter(found -> !found.isEmpty())
                    .ifPresent(found -> Members.text(members, "name").ifPresent(name -> annotations.put(name, found)));
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
