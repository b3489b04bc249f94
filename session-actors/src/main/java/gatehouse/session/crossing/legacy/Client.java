package gatehouse.session.crossing.legacy;

import gatehouse.session.lifecycle.Session;
import gatehouse.session.mcp.Dialect;
import gatehouse.session.mcp.Id;
import gatehouse.session.mcp.Json;
import gatehouse.session.mcp.Members;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Place;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a client said of itself when it opened its session, and what of it a modern upstream is told.
///
/// @param info who it is, as JSON; empty if it did not say
/// @param capabilities the members of what it declared, as JSON
/// @param level from which on it wants log messages; empty if it never said
record Client(Dialect dialect, String info, Map<String, String> capabilities, String level) {

    static Client of(Session session) {
        var opened = of(session.version(), session.opening());
        return session.level().isEmpty()
                ? opened
                : new Client(opened.dialect(), opened.info(), opened.capabilities(), levelIn(session.level()));
    }

    /// @param opening the params of `initialize`
    static Client of(String version, String opening) {
        var said = Members.of(opening);
        return new Client(
                Dialect.negotiate(version),
                said.getOrDefault("clientInfo", ""),
                Members.of(Members.object(said, "capabilities")),
                "");
    }

    private static String levelIn(String params) {
        return Message.notification("logging/setLevel", params)
                .text(Place.PARAMS_LEVEL)
                .orElse("");
    }

    /// Whether its revision has tasks, and of its own accord.
    boolean knowsTasks() {
        return dialect == Dialect.V2025_11_25;
    }

    /// A mode it did not declare, in a revision that has only one, is no mode it can be asked in.
    boolean visitsUrls() {
        return elicits()
                && Members.of(Members.object(capabilities, "elicitation")).containsKey("url");
    }

    /// An empty declaration means forms alone.
    boolean fillsForms() {
        var modes = Members.of(Members.object(capabilities, "elicitation"));
        return elicits() && (modes.isEmpty() || modes.containsKey("form"));
    }

    boolean samples() {
        return capabilities.containsKey("sampling");
    }

    boolean hasRoots() {
        return capabilities.containsKey("roots");
    }

    private boolean elicits() {
        return capabilities.containsKey("elicitation");
    }

    /// The declaration as the modern era has it. Its tasks are others than this client's, so the gateway declares
    /// them
    /// where it can stand between.
    String modernCapabilities(boolean tasks) {
        var modern = new LinkedHashMap<String, String>();
        capabilities.forEach((name, value) -> {
            switch (name) {
                case "elicitation", "sampling", "experimental" -> modern.put(name, Members.object(capabilities, name));
                case "roots" -> modern.put(name, "{}");
                default -> {}
            }
        });
        var extensions = Members.of(Members.object(capabilities, "extensions"));
        extensions.remove(Support.TASKS);
        if (tasks) {
            extensions.put(Support.TASKS, "{}");
        }
        if (!extensions.isEmpty()) {
            modern.put("extensions", Members.json(extensions));
        }
        return Members.json(modern);
    }

    /// A request of this client as a modern upstream gets it.
    ///
    /// @param token by which the upstream tells its progress, as JSON; empty if nobody wants to know
    Message enveloped(Message request, Id id, String token, boolean tasks) {
        var meta = Members.of(request, Place.PARAMS_META);
        meta.keySet().removeIf(key -> key.startsWith("io.modelcontextprotocol/"));
        meta.remove("progressToken");
        var all = new LinkedHashMap<String, String>();
        all.put(Place.META_PROTOCOL_VERSION.field(), "\"" + Dialect.V2026_07_28.version() + "\"");
        all.put(Place.META_CLIENT_CAPABILITIES.field(), modernCapabilities(tasks));
        if (!info.isEmpty()) {
            all.put(Place.META_CLIENT_INFO.field(), info);
        }
        if (!level.isEmpty()) {
            all.put(Place.META_LOG_LEVEL.field(), Json.quote(level));
        }
        if (!token.isEmpty()) {
            all.put(Place.META_PROGRESS_TOKEN.field(), token);
        }
        all.putAll(meta);
        return request.withId(id).with(Place.PARAMS_META, Members.json(all));
    }
}
