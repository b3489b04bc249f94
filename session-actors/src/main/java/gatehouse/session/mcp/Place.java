package gatehouse.session.mcp;

/// A position in a message that the gateway reads or rewrites; everything else is carried unseen.
///
/// Places form a tree of names: where the gateway reads a name, no other spelling of that name is let through.
public enum Place {
    ROOT,
    JSONRPC(ROOT, "jsonrpc"),
    ID(ROOT, "id"),
    METHOD(ROOT, "method"),
    PARAMS(ROOT, "params"),
    RESULT(ROOT, "result"),
    ERROR(ROOT, "error"),

    PARAMS_NAME(PARAMS, "name"),
    PARAMS_URI(PARAMS, "uri"),
    PARAMS_ARGUMENTS(PARAMS, "arguments"),
    PARAMS_CURSOR(PARAMS, "cursor"),
    PARAMS_LEVEL(PARAMS, "level"),
    PARAMS_TASK_ID(PARAMS, "taskId"),
    PARAMS_TASK(PARAMS, "task"),
    PARAMS_REF(PARAMS, "ref"),
    PARAMS_REQUEST_ID(PARAMS, "requestId"),
    PARAMS_REASON(PARAMS, "reason"),
    PARAMS_PROGRESS_TOKEN(PARAMS, "progressToken"),
    PARAMS_PROGRESS(PARAMS, "progress"),
    PARAMS_PROTOCOL_VERSION(PARAMS, "protocolVersion"),
    PARAMS_CAPABILITIES(PARAMS, "capabilities"),
    PARAMS_CLIENT_INFO(PARAMS, "clientInfo"),
    PARAMS_REQUEST_STATE(PARAMS, "requestState"),
    PARAMS_INPUT_RESPONSES(PARAMS, "inputResponses"),
    PARAMS_NOTIFICATIONS(PARAMS, "notifications"),

    PARAMS_META(PARAMS, "_meta"),
    META_PROGRESS_TOKEN(PARAMS_META, "progressToken"),
    META_TRACEPARENT(PARAMS_META, "traceparent"),
    META_TRACESTATE(PARAMS_META, "tracestate"),
    META_BAGGAGE(PARAMS_META, "baggage"),
    META_PROTOCOL_VERSION(PARAMS_META, "io.modelcontextprotocol/protocolVersion"),
    META_CLIENT_CAPABILITIES(PARAMS_META, "io.modelcontextprotocol/clientCapabilities"),
    META_CLIENT_INFO(PARAMS_META, "io.modelcontextprotocol/clientInfo"),
    META_LOG_LEVEL(PARAMS_META, "io.modelcontextprotocol/logLevel"),
    META_SUBSCRIPTION_ID(PARAMS_META, "io.modelcontextprotocol/subscriptionId"),
    META_RELATED_TASK(PARAMS_META, "io.modelcontextprotocol/related-task"),

    RESULT_TYPE(RESULT, "resultType"),
    RESULT_REQUEST_STATE(RESULT, "requestState"),
    RESULT_INPUT_REQUESTS(RESULT, "inputRequests"),
    RESULT_PROTOCOL_VERSION(RESULT, "protocolVersion"),
    RESULT_CAPABILITIES(RESULT, "capabilities"),
    RESULT_SERVER_INFO(RESULT, "serverInfo"),
    RESULT_INSTRUCTIONS(RESULT, "instructions"),
    RESULT_SUPPORTED_VERSIONS(RESULT, "supportedVersions"),
    RESULT_TTL_MS(RESULT, "ttlMs"),
    RESULT_CACHE_SCOPE(RESULT, "cacheScope"),
    RESULT_NEXT_CURSOR(RESULT, "nextCursor"),
    RESULT_TOOLS(RESULT, "tools"),
    RESULT_TASK_ID(RESULT, "taskId"),
    RESULT_STATUS(RESULT, "status"),
    RESULT_TASK(RESULT, "task"),
    RESULT_CONTENT(RESULT, "content"),
    RESULT_STRUCTURED_CONTENT(RESULT, "structuredContent"),

    RESULT_META(RESULT, "_meta"),
    RESULT_META_SUBSCRIPTION_ID(RESULT_META, "io.modelcontextprotocol/subscriptionId"),
    RESULT_META_SERVER_INFO(RESULT_META, "io.modelcontextprotocol/serverInfo"),
    RESULT_META_RELATED_TASK(RESULT_META, "io.modelcontextprotocol/related-task"),

    ERROR_CODE(ERROR, "code"),
    ERROR_MESSAGE(ERROR, "message"),
    ERROR_DATA(ERROR, "data"),

    /// Any position that no other place names.
    ELSEWHERE;

    private final Place parent;
    private final String field;

    Place() {
        this.parent = this;
        this.field = "";
    }

    Place(Place parent, String field) {
        this.parent = parent;
        this.field = field;
    }

    /// The place of the object this one stands in; the root stands in itself.
    public Place parent() {
        return parent;
    }

    /// The name it goes by in its parent.
    public String field() {
        return field;
    }

    /// How the place is called in a problem: `params._meta.progressToken`.
    public String path() {
        return switch (this) {
            case ROOT -> "message";
            case ELSEWHERE -> "elsewhere";
            default -> parent == ROOT ? field : parent.path() + "." + field;
        };
    }
}
