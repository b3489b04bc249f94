package gatehouse.node.edge;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a browser is told about calls from another origin: nothing, unless the route lists that origin.
///
/// Never `*`, and never credentials of the browser's own: agents prove themselves by a header.
public final class Cors {

    private static final String METHODS = "GET, POST, DELETE";
    private static final String MAY_SEND = "content-type, accept, authorization, x-mcp-agent-key, mcp-session-id,"
            + " last-event-id, mcp-protocol-version, mcp-method, mcp-name";
    private static final String MAY_READ = "mcp-session-id, www-authenticate";
    private static final String PARAMETER = "mcp-param-";
    private static final int ASKED_MOST = 64;

    private Cors() {}

    /// The headers of the answer to a preflight, or nothing for an origin that is not listed.
    ///
    /// @param asked what the browser wants to send, one list per `Access-Control-Request-Headers`
    public static Optional<Map<String, String>> preflight(String origin, Set<String> listed, List<String> asked) {
        if (!listed.contains(origin)) {
            return Optional.empty();
        }
        var headers = new LinkedHashMap<>(headers(origin, listed));
        headers.put("Access-Control-Allow-Methods", METHODS);
        headers.put("Access-Control-Allow-Headers", MAY_SEND + parameters(asked));
        headers.put("Access-Control-Max-Age", "600");
        return Optional.of(headers);
    }

    /// The headers to add to any other response for this origin; none if it is not listed.
    public static Map<String, String> headers(String origin, Set<String> listed) {
        return listed.contains(origin)
                ? Map.of(
                        "Access-Control-Allow-Origin",
                        origin,
                        "Access-Control-Expose-Headers",
                        MAY_READ,
                        "Vary",
                        "Origin")
                : Map.of();
    }

    /// Mirrored parameters have names we cannot know: those asked for are allowed by name.
    private static String parameters(List<String> asked) {
        var allowed = new StringBuilder();
        asked.stream()
                .flatMap(list -> List.of(list.split(",", ASKED_MOST)).stream())
                .map(String::strip)
                .filter(Cors::isParameter)
                .limit(ASKED_MOST)
                .forEach(name -> allowed.append(", ").append(name));
        return allowed.toString();
    }

    private static boolean isParameter(String name) {
        return name.length() <= 64
                && name.regionMatches(true, 0, PARAMETER, 0, PARAMETER.length())
                && name.chars().allMatch(c -> c == '-' || c == '_' || (c < 128 && Character.isLetterOrDigit(c)));
    }
}
