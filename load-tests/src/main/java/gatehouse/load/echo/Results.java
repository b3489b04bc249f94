package gatehouse.load.echo;

import static gatehouse.load.echo.Words.word;

/// The JSON of FastEcho's results.
final class Results {

    static final byte[] OK = word("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ");
    static final byte[] BLANK_LINE = word("\r\n\r\n");
    static final byte[] BEFORE_ID = word("{\"jsonrpc\":\"2.0\",\"id\":");
    static final byte[] BEFORE_TEXT = word(",\"result\":{\"content\":[{\"type\":\"text\",\"text\":");
    static final byte[] TAIL = word("}],\"isError\":false}}");
    static final byte[] MODERN_TAIL = word("}],\"isError\":false,\"resultType\":\"complete\"}}");
    static final Span NOTHING = new Span(word("\"\""), 0, 2);

    static final String NO_METHOD = "{\"code\":-32601,\"message\":\"Method not found\"}";
    static final String NO_TOOL = "{\"code\":-32602,\"message\":\"Unknown tool; there are echo, sse and slow\"}";

    private static final String SERVER = "{\"name\":\"fast-echo\",\"version\":\"1\"}";
    private static final String COMPLETE =
            ",\"resultType\":\"complete\",\"ttlMs\":60000,\"cacheScope\":\"public\",\"_meta\":"
                    + "{\"io.modelcontextprotocol/serverInfo\":" + SERVER + "}";
    private static final String TOOLS = ""
            + tool("echo", "Returns its text", "\"text\":{\"type\":\"string\"}") + ","
            + tool(
                    "slow",
                    "Returns its text as an event after ms milliseconds, with progress",
                    "\"text\":{\"type\":\"string\"},\"ms\":{\"type\":\"integer\"}")
            + ","
            + tool("sse", "Returns its text as an event at once", "\"text\":{\"type\":\"string\"}");

    static final String INITIALIZE =
            "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{\"tools\":{}},\"serverInfo\":" + SERVER + "}";
    static final String DISCOVER =
            "{\"supportedVersions\":[\"2026-07-28\"],\"capabilities\":{\"tools\":{}}" + COMPLETE + "}";

    private Results() {}

    /// @param more tools of about the size that real ones have
    static String list(int more, boolean modern) {
        var tools = new StringBuilder("{\"tools\":[" + TOOLS);
        for (var i = 1; i <= more; i++) {
            tools.append(',')
                    .append(tool(
                            "listed_tool_" + i,
                            "Is only there to be listed. It says about as much of itself as tools do that work: what"
                                    + " it does, when it is to be used, and when something else should be used instead",
                            "\"query\":{\"type\":\"string\",\"description\":\"What to look for\"},"
                                    + "\"limit\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":100},"
                                    + "\"verbose\":{\"type\":\"boolean\",\"default\":false}"));
        }
        return tools.append(']').append(modern ? COMPLETE : "").append('}').toString();
    }

    static String said(String text, boolean modern) {
        return "{\"content\":[{\"type\":\"text\",\"text\":" + text + "}],\"isError\":false"
                + (modern ? ",\"resultType\":\"complete\"}" : "}");
    }

    static String progress(String token, int quarter) {
        return "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"progressToken\":" + token
                + ",\"progress\":" + quarter + ",\"total\":4}}";
    }

    private static String tool(String name, String does, String properties) {
        return "{\"name\":\"" + name + "\",\"description\":\"" + does
                + "\",\"inputSchema\":{\"type\":\"object\",\"properties\":{" + properties
                + "}},\"annotations\":{\"readOnlyHint\":true}}";
    }
}
