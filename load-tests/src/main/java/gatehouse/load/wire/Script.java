package gatehouse.load.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.Map;

/// The HTTP requests of an MCP program, in the words of its era.
public record Script(Target target, Era era) {

    private static final String ACCEPT = "application/json, text/event-stream";
    private static final String INITIALIZE = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":"
            + "{\"protocolVersion\":\"" + Era.LEGACY.revision() + "\",\"capabilities\":{},"
            + "\"clientInfo\":{\"name\":\"gatehouse-load\",\"version\":\"1\"}}}";
    private static final String INITIALIZED = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";

    public byte[] initialize() {
        return post("", INITIALIZE);
    }

    public byte[] initialized(String session) {
        return post(revision() + sessionHeader(session), INITIALIZED);
    }

    public byte[] call(String session, ToolCall call) {
        var headers = new StringBuilder(sessionHeader(session));
        called(call)
                .forEach((name, value) ->
                        headers.append(name).append(": ").append(value).append("\r\n"));
        return post(headers.toString(), call.json(era));
    }

    /// Asks for the first page of the tools.
    public byte[] tools(String session, String id) {
        return tools(session, id, "");
    }

    /// Asks for any page of the tools.
    ///
    /// @param cursor of a page, empty for the first
    public byte[] tools(String session, String id, String cursor) {
        var method = era == Era.MODERN ? "Mcp-Method: tools/list\r\n" : "";
        return post(revision() + method + sessionHeader(session), ToolCall.list(era, id, cursor));
    }

    /// All headers of a call but those of its connection, its length and its session.
    public Map<String, String> headers(ToolCall call) {
        var headers = called(call);
        headers.put("Content-Type", "application/json");
        headers.put("Accept", ACCEPT);
        if (target.key().present()) {
            headers.put("Authorization", "Bearer " + target.key().secret());
        }
        return headers;
    }

    private Map<String, String> called(ToolCall call) {
        var headers = new LinkedHashMap<>(Map.of("MCP-Protocol-Version", era.revision()));
        if (era == Era.MODERN) {
            headers.put("Mcp-Method", "tools/call");
            headers.put("Mcp-Name", call.tool());
        }
        return headers;
    }

    public byte[] stream(String session) {
        return (start("GET") + "Accept: text/event-stream\r\n" + revision() + sessionHeader(session) + "\r\n")
                .getBytes(US_ASCII);
    }

    public byte[] end(String session) {
        return (start("DELETE") + revision() + sessionHeader(session) + "\r\n").getBytes(US_ASCII);
    }

    private byte[] post(String headers, String body) {
        var length = body.getBytes(UTF_8).length;
        return (start("POST") + "Content-Type: application/json\r\nAccept: " + ACCEPT + "\r\n" + headers
                        + "Content-Length: " + length + "\r\n\r\n" + body)
                .getBytes(UTF_8);
    }

    private String start(String method) {
        var key =
                target.key().present() ? "Authorization: Bearer " + target.key().secret() + "\r\n" : "";
        return method + " " + target.path() + " HTTP/1.1\r\nHost: " + target.host() + "\r\n" + key;
    }

    private String revision() {
        return "MCP-Protocol-Version: " + era.revision() + "\r\n";
    }

    private static String sessionHeader(String session) {
        return session.isEmpty() ? "" : "Mcp-Session-Id: " + session + "\r\n";
    }
}
