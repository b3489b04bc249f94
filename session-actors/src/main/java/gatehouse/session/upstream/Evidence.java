package gatehouse.session.upstream;

import gatehouse.session.mcp.Codes;
import gatehouse.session.mcp.Dialect;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Place;
import java.util.Arrays;
import java.util.Set;
import org.apache.pekko.util.ByteString;

/// What an upstream's answer to a hello says about its eras.
///
/// Refused credentials, faults and silence say nothing: they come from whatever stands before the upstream, or pass.
public enum Evidence {
    MODERN,
    LEGACY,
    BOTH,
    /// It speaks neither era, or not the one it was asked in.
    NOT_THIS,
    /// It failed, in a way that some legacy upstreams fail when they are asked what they do not know.
    STUMBLED,
    NONE;

    private static final Set<String> MODERN_CODES = Set.of(
            Integer.toString(Codes.HEADER_MISMATCH),
            Integer.toString(Codes.MISSING_CLIENT_CAPABILITY),
            Integer.toString(Codes.UNSUPPORTED_PROTOCOL_VERSION));

    private static final Set<String> LEGACY_CODES = Set.of(
            Integer.toString(Codes.INVALID_REQUEST),
            Integer.toString(Codes.LEGACY_TRANSPORT),
            Integer.toString(Codes.LEGACY_UNKNOWN_SESSION));

    /// How servers refuse what they do not understand at all.
    private static final Set<Integer> SHRUGS = Set.of(400, 404, 405);

    /// Of the answer to `server/discover`.
    public static Evidence discovered(Reply reply) {
        return switch (reply) {
            case Reply.Single(var message, var session)
            when message.has(Place.RESULT_SUPPORTED_VERSIONS) -> offered(message, Place.RESULT_SUPPORTED_VERSIONS);
            case Reply.Single(var message, var session) -> refused(message);
            case Reply.Refused(var status, var body, var session) ->
                refused(status, body.isEmpty() ? LEGACY : refused(body.getFirst()));
            case Reply.Accepted _ -> LEGACY;
            case Reply.Failed(var fault) -> fault.kind() == Fault.Kind.GARBLED ? LEGACY : NONE;
            case Reply.Streamed _ -> NONE;
        };
    }

    /// Of the answer to `initialize`.
    public static Evidence initialized(Reply reply) {
        return switch (reply) {
            case Reply.Single(var message, var session) when message.has(Place.RESULT_PROTOCOL_VERSION) -> LEGACY;
            case Reply.Single _, Reply.Accepted _ -> NOT_THIS;
            case Reply.Refused refused -> refused(refused.status(), NOT_THIS);
            case Reply.Failed _, Reply.Streamed _ -> NONE;
        };
    }

    /// Whether this answer to a modern request could only come from an upstream that does not know the modern era.
    ///
    /// Errors that both eras have say nothing: a client can bring them about at will.
    public static boolean deniesModern(Reply reply) {
        return reply instanceof Reply.Refused(var status, var body, var session)
                && SHRUGS.contains(status)
                && body.stream().allMatch(error -> LEGACY_CODES.contains(code(error)));
    }

    /// Whether this answer to `initialize` could only come from an upstream that has no sessions, or has them
    /// elsewhere.
    public static boolean deniesLegacy(Reply reply) {
        return shrugs(reply)
                || (reply instanceof Reply.Refused(var status, var body, var session)
                        && SHRUGS.contains(status)
                        && body.stream().anyMatch(error -> MODERN_CODES.contains(code(error))));
    }

    /// Whether this answer to `initialize` over HTTP+SSE could only come from an upstream that does not speak it.
    public static boolean deniesSse(Reply reply) {
        return shrugs(reply) || (reply instanceof Reply.Failed(var fault) && fault.kind() == Fault.Kind.GARBLED);
    }

    /// Whether nobody understood the question: it was refused without a word of JSON-RPC.
    static boolean shrugs(Reply reply) {
        return reply instanceof Reply.Refused(var status, var body, var session)
                && SHRUGS.contains(status)
                && body.isEmpty();
    }

    private static Evidence refused(int status, Evidence otherwise) {
        return switch (status) {
            case 401, 403, 408, 425, 429 -> NONE;
            default -> status >= 500 ? STUMBLED : status < 400 ? NONE : otherwise;
        };
    }

    /// An error that only the modern era has comes from a modern upstream, whatever it dislikes about the question.
    private static Evidence refused(Message error) {
        var code = code(error);
        if (!MODERN_CODES.contains(code)) {
            return LEGACY;
        }
        var unsupported = code.equals(Integer.toString(Codes.UNSUPPORTED_PROTOCOL_VERSION));
        return unsupported && error.has(Place.ERROR_DATA) ? offered(error, Place.ERROR_DATA) : MODERN;
    }

    private static String code(Message error) {
        return error.raw(Place.ERROR_CODE).map(ByteString::utf8String).orElse("");
    }

    private static Evidence offered(Message message, Place versions) {
        var json = message.raw(versions).map(ByteString::utf8String).orElse("");
        var modern = names(json, true);
        var legacy = names(json, false);
        return modern && legacy ? BOTH : modern ? MODERN : legacy ? LEGACY : NOT_THIS;
    }

    private static boolean names(String json, boolean modern) {
        return Arrays.stream(Dialect.values())
                .filter(dialect -> dialect.modern() == modern)
                .anyMatch(dialect -> json.contains("\"" + dialect.version() + "\""));
    }
}
