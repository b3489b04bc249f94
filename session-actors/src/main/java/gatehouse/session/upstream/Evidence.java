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

    private static Evidence refused(int status, Evidence otherwise) {
        return switch (status) {
            case 401, 403, 408, 425, 429 -> NONE;
            default -> status >= 500 ? STUMBLED : status < 400 ? NONE : otherwise;
        };
    }

    /// An error that only the modern era has comes from a modern upstream, whatever it dislikes about the question.
    private static Evidence refused(Message error) {
        var code = error.raw(Place.ERROR_CODE).map(ByteString::utf8String).orElse("");
        if (!MODERN_CODES.contains(code)) {
            return LEGACY;
        }
        var unsupported = code.equals(Integer.toString(Codes.UNSUPPORTED_PROTOCOL_VERSION));
        return unsupported && error.has(Place.ERROR_DATA) ? offered(error, Place.ERROR_DATA) : MODERN;
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
