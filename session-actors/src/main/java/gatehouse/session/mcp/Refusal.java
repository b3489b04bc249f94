package gatehouse.session.mcp;

import gatehouse.policy.verdict.Denial;
import java.util.List;

/// Why not, as the wire says it: the only place where a reason becomes a status, a code and a text.
///
/// @param data JSON that helps to act on it; empty if there is nothing to add
public record Refusal(int status, int code, String text, String data) {

    /// Codes of our own lie outside the range that JSON-RPC reserves; the last three digits are the HTTP status.
    private static final int OWN = -31_000;

    /// Something that was served once is not any more.
    public static final int OVER = OWN - 410;

    public Refusal(int status, int code, String text) {
        this(status, code, text, "");
    }

    public static Refusal of(Denial denial) {
        return switch (denial) {
            case Denial.Unauthenticated unauthenticated ->
                own(
                        401,
                        "authentication required: there is no key, or none that holds; send an agent key as"
                                + " `Authorization: Bearer <key>` or `X-MCP-Agent-Key`");
            case Denial.Unclear(var problem) -> own(400, problem);
            case Denial.Forbidden forbidden -> own(403, "this agent may not use this route, or there is no such route");
            case Denial.Crowded crowded -> own(429, tooMany(crowded) + "; end some, then try again");
            case Denial.Unavailable(var what) -> own(503, "out of reach: " + what + "; try again later");
        };
    }

    public static Refusal of(Fault fault, String text) {
        return new Refusal(fault.status(), fault.code(), text);
    }

    /// The upstream failed the call; whether it was carried out is part of the answer.
    public static Refusal failed(String what, String outcome) {
        return new Refusal(200, Codes.INTERNAL_ERROR, what, "{\"gatehouse\":{\"outcome\":\"" + outcome + "\"}}");
    }

    /// The call was carried out, and its answer is too much to hold now.
    public static Refusal noRoom(Denial denial) {
        var why = denial instanceof Denial.Crowded crowded ? tooMany(crowded) : "the gateway has no room for it";
        return failed("the call was answered, but " + why + "; read the answers that wait", "done");
    }

    /// There is no way to keep the stream of a call any longer; the call may go on.
    public static Refusal streamEnded(Denial denial) {
        var why = denial instanceof Denial.Crowded crowded ? tooMany(crowded) : "there is no room for it";
        return failed(
                "the stream was ended: " + why + "; end sessions that are not needed, or try again later", "unknown");
    }

    /// The request came round in circles.
    public static Refusal loop(int most) {
        return own(508, "this request passed a gateway " + most + " times already: its route leads back to itself");
    }

    public static Refusal unknownSession() {
        return new Refusal(404, Codes.LEGACY_UNKNOWN_SESSION, "no such session: send `initialize` to open a new one");
    }

    public static Refusal unsupportedVersion(String requested) {
        return unsupportedVersion(requested, Dialect.SUPPORTED_MODERN);
    }

    public static Refusal unsupportedVersion(String requested, List<Dialect> supported) {
        var versions =
                supported.stream().map(version -> Json.quote(version.version())).toList();
        var data = "{\"supported\":" + versions + ",\"requested\":" + Json.quote(requested) + "}";
        return new Refusal(400, Codes.UNSUPPORTED_PROTOCOL_VERSION, "this protocol revision is not served", data);
    }

    public static Refusal notFound(String method) {
        return new Refusal(404, Codes.METHOD_NOT_FOUND, "there is no method " + method + " in this protocol revision");
    }

    public Message message(Id id) {
        return data.isEmpty() ? Message.error(id, code, text) : Message.error(id, code, text, data);
    }

    public Message message() {
        return data.isEmpty() ? Message.error(code, text) : Message.error(code, text, data);
    }

    private static String tooMany(Denial.Crowded crowded) {
        return "too many " + words(crowded.scope()) + " at once: at most " + crowded.most();
    }

    private static Refusal own(int status, String text) {
        return new Refusal(status, OWN - status, text);
    }

    private static String words(Denial.Scope scope) {
        return switch (scope) {
            case CALLS_OF_AGENT -> "calls of this agent";
            case CALLS_OF_NODE -> "calls on this node";
            case BYTES_OF_AGENT -> "bytes in large messages of this agent";
            case BYTES_OF_NODE -> "bytes in large messages on this node";
            case SESSIONS_OF_AGENT -> "sessions of this agent";
            case STREAMS_OF_SESSION -> "streams of this session";
            case STREAMS_OF_AGENT -> "streams of this agent";
            case STREAMS_OF_TENANT -> "streams of this tenant";
            case STREAMS_OF_NODE -> "streams on this node";
            case PARKED_OF_AGENT -> "calls of this agent that wait for answers";
            case PARKED_OF_NODE -> "calls on this node that wait for answers";
            case PARKED_BYTES_OF_AGENT -> "bytes of calls of this agent that wait for answers";
            case PARKED_BYTES_OF_NODE -> "bytes of calls on this node that wait for answers";
            case STORED_BYTES_OF_AGENT -> "bytes in kept streams of this agent";
        };
    }
}
