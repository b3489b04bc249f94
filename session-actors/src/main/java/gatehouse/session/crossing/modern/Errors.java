package gatehouse.session.crossing.modern;

import gatehouse.session.mcp.Codes;
import gatehouse.session.mcp.Json;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Nested;
import gatehouse.session.mcp.Place;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.util.ByteString;

/// Says a legacy upstream's error in the codes of the modern era, where the same number means something else or
/// nothing.
final class Errors {

    /// From here to -32000, JSON-RPC leaves the codes to each server; the modern era took some of them back.
    private static final int LOWEST_OF_SERVERS = -32099;
    private static final int HIGHEST_OF_SERVERS = -32000;

    /// Methods that exist where they are advertised: an upstream that knows no such method means what it was asked
    /// for.
    private static final Set<String> OF_SOMETHING =
            Set.of("tools/call", "prompts/get", "resources/read", "completion/complete");

    private Errors() {}

    /// @param request as it was sent to the upstream
    static Message translated(Message error, Message request) {
        var code = code(error);
        if (code == Codes.LEGACY_RESOURCE_NOT_FOUND) {
            return notFound(error, request);
        }
        if (code == Codes.METHOD_NOT_FOUND && OF_SOMETHING.contains(request.method())) {
            return coded(error, Codes.INVALID_PARAMS);
        }
        return code >= LOWEST_OF_SERVERS && code <= HIGHEST_OF_SERVERS ? ofServer(error, code) : error;
    }

    /// The HTTP status it deserves.
    static int status(Message error) {
        return code(error) == Codes.METHOD_NOT_FOUND ? 404 : 200;
    }

    static long code(Message error) {
        return error.raw(Place.ERROR_CODE)
                .map(json -> Long.parseLong(json.utf8String()))
                .orElse(0L);
    }

    private static Message notFound(Message error, Message request) {
        var known = error.raw(Place.ERROR_DATA).map(Nested::members).filter(data -> data.containsKey("uri"));
        var invalid = coded(error, Codes.INVALID_PARAMS);
        return known.isPresent()
                ? invalid
                : request.text(Place.PARAMS_URI)
                        .map(uri -> invalid.with(Place.ERROR_DATA, "{\"uri\":" + Json.quote(uri) + "}"))
                        .orElse(invalid);
    }

    /// The text stays, and so does the number, where it cannot be mistaken for one of the revision's.
    private static Message ofServer(Message error, long code) {
        var internal = coded(error, Codes.INTERNAL_ERROR);
        var number = Map.of("upstreamCode", ByteString.fromString(Long.toString(code)));
        return error.has(Place.ERROR_DATA) ? internal : internal.with(Place.ERROR_DATA, Nested.object(number));
    }

    private static Message coded(Message error, int code) {
        return error.with(Place.ERROR_CODE, Integer.toString(code));
    }
}
