package gatehouse.load.wire;

/// Which tool is asked for what.
///
/// @param arguments a JSON object
/// @param id as it stands in the JSON
/// @param followed whether progress is asked for
public record ToolCall(String tool, String arguments, String id, boolean followed) {

    private static final String ENVELOPE = "\"io.modelcontextprotocol/protocolVersion\":\"" + Era.MODERN.revision()
            + "\",\"io.modelcontextprotocol/clientCapabilities\":{},\"io.modelcontextprotocol/clientInfo\":"
            + "{\"name\":\"gatehouse-load\",\"version\":\"1\"}";

    public static ToolCall echo(String text, String id) {
        return new ToolCall("echo", "{\"text\":\"" + text + "\"}", id, false);
    }

    public static ToolCall slow(int millis, String id) {
        return new ToolCall("slow", "{\"ms\":" + millis + "}", id, true);
    }

    /// Not a call of a tool, but the question which tools there are.
    static String list(Era era, String id, String cursor) {
        var from = cursor.isEmpty() ? "" : "\"cursor\":\"" + cursor + "\",";
        var meta = from + "\"_meta\":{" + (era == Era.MODERN ? ENVELOPE : "") + "}";
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"tools/list\",\"params\":{" + meta + "}}";
    }

    public String json(Era era) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"tools/call\",\"params\":{" + meta(era)
                + "\"name\":\"" + tool + "\",\"arguments\":" + arguments + "}}";
    }

    private String meta(Era era) {
        var token = followed ? "\"progressToken\":" + id : "";
        return switch (era) {
            case LEGACY -> followed ? "\"_meta\":{" + token + "}," : "";
            case MODERN -> "\"_meta\":{" + ENVELOPE + (followed ? "," + token : "") + "},";
        };
    }
}
