package gatehouse.load.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

/// The HTTP requests of an MCP program, in the words of its era.
public record Script(Target target, Era era) {

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
        return switch (era) {
            case LEGACY -> post(revision() + sessionHeader(session), call.json(era));
            case MODERN ->
                post(
                        revision() + "Mcp-Method: tools/call\r\nMcp-Name: " + call.tool() + "\r\n",
                        call.json(era));
        };
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
        return (start("POST") + "Content-Type: application/json\r\nAccept: application/json, text/event-stream\r\n"
                        + headers + "Content-Length: " + length + "\r\n\r\n" + body)
                .getBytes(UTF_8);
    }

    private String start(String method) {
        var key = target.key().present() ? "Authorization: Bearer " + target.key().secret() + "\r\n" : "";
        return method + " " + target.path() + " HTTP/1.1\r\nHost: " + target.host() + "\r\n" + key;
    }

    private String revision() {
        return "MCP-Protocol-Version: " + era.revision() + "\r\n";
    }

    private static String sessionHeader(String session) {
        return session.isEmpty() ? "" : "Mcp-Session-Id: " + session + "\r\n";
    }
}
