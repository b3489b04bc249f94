package gatehouse.session.crossing.modern;

import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Nested;
import gatehouse.session.mcp.Place;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.pekko.util.ByteString;

/// What the tools of a legacy list say about tasks: the modern era has other tasks, and must not be told of these.
final class ToolFlags {

    private static final String EXECUTION = "execution";
    private static final String SUPPORT = "taskSupport";
    private static final ByteString MARK = ByteString.fromString("\"" + SUPPORT + "\"");

    private ToolFlags() {}

    /// The list without them; a tool that says nothing about tasks keeps every byte.
    static Message removed(Message result) {
        var tools = result.raw(Place.RESULT_TOOLS).filter(json -> json.indexOfSlice(MARK) >= 0);
        return tools.map(json -> result.with(
                        Place.RESULT_TOOLS,
                        Nested.array(Nested.elements(json).stream()
                                .map(ToolFlags::removed)
                                .toList())))
                .orElse(result);
    }

    /// The names of the tools that can be called as a task only.
    static Set<String> requiring(Message result) {
        var tools = result.raw(Place.RESULT_TOOLS).filter(json -> json.indexOfSlice(MARK) >= 0);
        return tools.map(Nested::elements).orElseGet(List::of).stream()
                .map(Nested::members)
                .filter(tool -> Nested.text(execution(tool).getOrDefault(SUPPORT, ByteString.emptyByteString()))
                        .filter("required"::equals)
                        .isPresent())
                .flatMap(tool -> Nested.text(tool.getOrDefault("name", ByteString.emptyByteString())).stream())
                .collect(Collectors.toSet());
    }

    private static ByteString removed(ByteString tool) {
        var members = Nested.members(tool);
        var execution = execution(members);
        if (!execution.containsKey(SUPPORT)) {
            return tool;
        }
        execution.remove(SUPPORT);
        if (execution.isEmpty()) {
            members.remove(EXECUTION);
        } else {
            members.put(EXECUTION, ByteString.fromString(Nested.object(execution)));
        }
        return ByteString.fromString(Nested.object(members));
    }

    private static SequencedMap<String, ByteString> execution(SequencedMap<String, ByteString> tool) {
        return Nested.members(tool.getOrDefault(EXECUTION, ByteString.fromString("{}")));
    }
}
