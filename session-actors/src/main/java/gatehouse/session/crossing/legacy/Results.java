package gatehouse.session.crossing.legacy;

import gatehouse.session.mcp.Codes;
import gatehouse.session.mcp.Json;
import gatehouse.session.mcp.Members;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Place;
import gatehouse.session.mcp.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.pekko.util.ByteString;

/// Answers of a modern upstream as a client of an older revision knows them.
final class Results {

    /// What only the modern era says of a result.
    private static final List<Place> MODERN = List.of(Place.RESULT_TYPE, Place.RESULT_TTL_MS, Place.RESULT_CACHE_SCOPE);

    private static final List<String> CAPABILITIES = List.of("elicitation", "roots", "sampling");
    private static final Pattern EXTENSION = Pattern.compile("[A-Za-z0-9./_-]{1,100}");

    private Results() {}

    /// @param method of the request it answers
    static Message of(String method, Message answer) {
        if (answer.kind() == Message.Kind.ERROR) {
            return error(method, answer);
        }
        var plain = stripped(answer);
        return method.equals("tools/call") ? structured(plain) : plain;
    }

    private static Message stripped(Message answer) {
        var plain = answer;
        for (var place : MODERN) {
            plain = plain.without(place);
        }
        if (!plain.has(Place.RESULT_META_SERVER_INFO)) {
            return plain;
        }
        var meta = Members.of(plain, Place.RESULT_META);
        return meta.size() == 1 ? plain.without(Place.RESULT_META) : plain.without(Place.RESULT_META_SERVER_INFO);
    }

    /// Older revisions know only objects here. Anything else is left to the text beside it, which is made where it
    /// is
    /// missing.
    private static Message structured(Message answer) {
        var structured = answer.raw(Place.RESULT_STRUCTURED_CONTENT)
                .map(ByteString::utf8String)
                .orElse("{}");
        if (structured.startsWith("{")) {
            return answer;
        }
        var plain = answer.without(Place.RESULT_STRUCTURED_CONTENT);
        var content =
                answer.raw(Place.RESULT_CONTENT).map(ByteString::utf8String).orElse("[]");
        return Members.elements(content).isEmpty()
                ? plain.with(Place.RESULT_CONTENT, "[{\"type\":\"text\",\"text\":" + Json.quote(structured) + "}]")
                : plain;
    }

    private static Message error(String method, Message error) {
        return switch (code(error)) {
            case Codes.INVALID_PARAMS ->
                method.equals("resources/read")
                                && Members.of(error, Place.ERROR_DATA).containsKey("uri")
                        ? error.with(Place.ERROR_CODE, Integer.toString(Codes.LEGACY_RESOURCE_NOT_FOUND))
                        : error;
            case Codes.MISSING_CLIENT_CAPABILITY -> inOurWords(error, Trouble.lacksCapability(missing(error)));
            case Codes.HEADER_MISMATCH, Codes.UNSUPPORTED_PROTOCOL_VERSION ->
                inOurWords(error, Trouble.misunderstood());
            default -> error;
        };
    }

    static int code(Message error) {
        return error.raw(Place.ERROR_CODE)
                .map(ByteString::utf8String)
                .filter(code -> code.length() < 10)
                .map(Integer::parseInt)
                .orElse(0);
    }

    /// What such an error says is between the gateway and the upstream, not between the client and the gateway.
    private static Message inOurWords(Message error, Refusal refusal) {
        return error.id().map(refusal::message).orElseGet(refusal::message);
    }

    /// The names of what the client would have to declare; only such as cannot say anything else.
    private static List<String> missing(Message error) {
        var required = Members.of(Members.object(Members.of(error, Place.ERROR_DATA), "requiredCapabilities"));
        var names = new ArrayList<>(
                CAPABILITIES.stream().filter(required::containsKey).toList());
        Members.of(Members.object(required, "extensions")).keySet().stream()
                .filter(name -> EXTENSION.matcher(name).matches())
                .limit(8)
                .forEach(names::add);
        return names;
    }
}
