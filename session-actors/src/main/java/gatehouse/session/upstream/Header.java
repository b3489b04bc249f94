package gatehouse.session.upstream;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// A header the gateway adds to a request, beside those every request has.
public record Header(String name, String value) {

    private static final String SESSION = "Mcp-Session-Id";
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    private static final Set<String> OWN = Set.of(
            "host",
            "content-length",
            "content-type",
            "accept",
            "accept-encoding",
            "user-agent",
            "last-event-id",
            "server");
    private static final Set<String> HOP_BY_HOP =
            Set.of("connection", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade", "proxy-connection");
    private static final Set<String> AGENTS_OWN = Set.of("authorization", "proxy-authorization", "cookie", "cookie2");

    /// @throws IllegalArgumentException if it could be read as anything but one header
    public Header {
        if (!TOKEN.matcher(name).matches()) {
            throw new IllegalArgumentException("a header's name is not a token");
        }
        if (!value.chars().allMatch(c -> (c >= ' ' && c < 0x7F) || c == '\t')) {
            throw new IllegalArgumentException("header " + name + " holds more than printable ASCII");
        }
    }

    public static Header session(String id) {
        return new Header(SESSION, id);
    }

    public boolean namesSession() {
        return name.equalsIgnoreCase(SESSION);
    }

    public static Header version(String revision) {
        return new Header("MCP-Protocol-Version", revision);
    }

    /// Whether it may travel at all: what an agent showed the gateway is not for upstreams, and framing is the
    /// gateway's.
    boolean mayTravel() {
        var lower = name.toLowerCase(Locale.ROOT);
        return !OWN.contains(lower) && !HOP_BY_HOP.contains(lower) && !AGENTS_OWN.contains(lower);
    }

    @Override
    public String toString() {
        return name + ": ***";
    }
}
