package gatehouse.session.mcp;

/// The JSON-RPC error codes the gateway sends or understands.
public final class Codes {
    public static final int PARSE_ERROR = -32700;
    public static final int INVALID_REQUEST = -32600;
    public static final int METHOD_NOT_FOUND = -32601;
    public static final int INVALID_PARAMS = -32602;
    public static final int INTERNAL_ERROR = -32603;

    /// Legacy SDKs: anything wrong with the transport, such as a missing session header.
    public static final int LEGACY_TRANSPORT = -32000;
    /// Legacy SDKs: no such session.
    public static final int LEGACY_UNKNOWN_SESSION = -32001;
    /// To 2025-11-25: no such resource; never sent to a modern client.
    public static final int LEGACY_RESOURCE_NOT_FOUND = -32002;
    /// 2025-11-25: a URL has to be visited first; never sent to a modern client.
    public static final int LEGACY_URL_ELICITATION_REQUIRED = -32042;

    /// From 2026-07-28: a mirrored header is missing, malformed or disagrees with the body.
    public static final int HEADER_MISMATCH = -32020;
    /// From 2026-07-28: the request did not declare a capability that answering it needs.
    public static final int MISSING_CLIENT_CAPABILITY = -32021;
    /// From 2026-07-28: the revision named by the request is not served.
    public static final int UNSUPPORTED_PROTOCOL_VERSION = -32022;

    private Codes() {}
}
