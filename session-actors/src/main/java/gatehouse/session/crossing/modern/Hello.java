package gatehouse.session.crossing.modern;

import gatehouse.session.lifecycle.Leg;
import gatehouse.session.mcp.Dialect;
import gatehouse.session.mcp.Json;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Nested;
import gatehouse.session.mcp.Place;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.apache.pekko.util.ByteString;

/// How an upstream greeted when a leg to it was opened.
///
/// @param serverInfo as JSON; empty if it said none
/// @param instructions as JSON; empty if it said none
record Hello(Leg leg, SequencedMap<String, ByteString> capabilities, String serverInfo, String instructions) {

    /// The params of the `initialize` that opens every leg.
    static final String PARAMS = "{\"protocolVersion\":\"" + Dialect.NEWEST_LEGACY.version() + "\",\"capabilities\":"
            + Abilities.BRIDGED + ",\"clientInfo\":{\"name\":\"Gatehouse\",\"version\":\"1\"}}";

    private static final ByteString NOTHING = ByteString.emptyByteString();
    private static final String TASKS = "io.modelcontextprotocol/tasks";

    /// What a method stands behind; any other is an extension's, and known to the upstream alone.
    private static final Map<String, String> BEHIND = Map.of(
            "tools/list", "tools",
            "tools/call", "tools",
            "prompts/list", "prompts",
            "prompts/get", "prompts",
            "resources/list", "resources",
            "resources/templates/list", "resources",
            "resources/read", "resources",
            "completion/complete", "completions");

    static Hello of(Message result, Leg leg) {
        return new Hello(
                leg,
                result.raw(Place.RESULT_CAPABILITIES).map(Nested::members).orElseGet(LinkedHashMap::new),
                result.raw(Place.RESULT_SERVER_INFO)
                        .filter(Nested::isObject)
                        .map(ByteString::utf8String)
                        .orElse(""),
                result.text(Place.RESULT_INSTRUCTIONS).map(Json::quote).orElse(""));
    }

    /// Whether a method of the modern era may be asked for. Tasks of the two eras are not the same and share names.
    boolean serves(String method) {
        if (method.startsWith("tasks/")) {
            return false;
        }
        var capability = Optional.ofNullable(BEHIND.get(method));
        return capability.isEmpty()
                || capabilities.containsKey(capability.get())
                || (capability.get().equals("completions") && isOldest());
    }

    /// Whether it says by itself that one of its lists changed: of tools, prompts or resources.
    boolean tellsOfChanges(String kind) {
        return grants(kind, "listChanged");
    }

    boolean takesSubscriptions() {
        return grants("resources", "subscribe");
    }

    boolean logs() {
        return capabilities.containsKey("logging");
    }

    /// Whether a tool may be called as a task of the legacy era.
    boolean runsTasks() {
        var requests = nested(capability("tasks"), "requests");
        return Nested.isObject(nested(nested(requests, "tools"), "call"));
    }

    /// The capabilities that a modern client is told of: without those that cannot be carried across.
    String offered() {
        var offered = new LinkedHashMap<>(capabilities);
        offered.remove("tasks");
        var extensions = offered.get("extensions");
        if (extensions != null) {
            var carried = Nested.members(extensions);
            carried.remove(TASKS);
            offered.put("extensions", ByteString.fromString(Nested.object(carried)));
        }
        return Nested.object(offered);
    }

    /// 2024-11-05 has completion, and no capability to say so.
    private boolean isOldest() {
        return leg.version().equals(Dialect.V2024_11_05.version());
    }

    private boolean grants(String capability, String what) {
        return nested(capability(capability), what).equals(ByteString.fromString("true"));
    }

    private ByteString capability(String name) {
        return capabilities.getOrDefault(name, NOTHING);
    }

    private static ByteString nested(ByteString object, String name) {
        return object.isEmpty() ? NOTHING : Nested.members(object).getOrDefault(name, NOTHING);
    }
}
