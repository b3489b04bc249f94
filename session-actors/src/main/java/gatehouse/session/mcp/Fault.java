package gatehouse.session.mcp;

/// Why bytes are no message, with the HTTP status and the JSON-RPC code that say so.
public enum Fault {
    /// Not JSON in UTF-8.
    UNPARSABLE(400, Codes.PARSE_ERROR),
    /// JSON, but no JSON-RPC message as MCP has it.
    INVALID(400, Codes.INVALID_REQUEST),
    /// Several messages in an array.
    BATCH(400, Codes.INVALID_REQUEST),
    /// Deeper, longer or of more parts than is read.
    BEYOND_LIMIT(400, Codes.INVALID_REQUEST),
    /// More bytes than are read.
    TOO_LARGE(413, Codes.INVALID_REQUEST);

    private final int status;
    private final int code;

    Fault(int status, int code) {
        this.status = status;
        this.code = code;
    }

    public int status() {
        return status;
    }

    public int code() {
        return code;
    }
}
