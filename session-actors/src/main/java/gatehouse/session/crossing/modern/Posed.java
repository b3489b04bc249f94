package gatehouse.session.crossing.modern;

import gatehouse.session.mcp.Id;
import gatehouse.session.mcp.Json;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Nested;
import gatehouse.session.mcp.Place;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.apache.pekko.util.ByteString;

/// A question that an upstream posed in mid-call.
///
/// @param upstreamId under which the upstream waits for the answer
/// @param key under which the client answers it
/// @param params as the client gets them, as JSON; empty if there are none
record Posed(Id upstreamId, String key, String method, String params) {

    private static final String SAMPLING = "sampling/createMessage";
    private static final String ELICITATION = "elicitation/create";
    private static final Set<String> METHODS = Set.of(SAMPLING, ELICITATION, "roots/list");

    static boolean isQuestion(Message message) {
        return message.kind() == Message.Kind.REQUEST && METHODS.contains(message.method());
    }

    /// Nothing if it is no question that a client can be asked.
    static Optional<Posed> of(Message request, int number) {
        return isQuestion(request)
                ? Optional.of(
                        new Posed(request.id().orElseThrow(), "question-" + number, request.method(), asked(request)))
                : Optional.empty();
    }

    /// To visit an address: all that is left of such a question in the modern era.
    static Posed visit(ByteString elicitation, int number) {
        var members = Nested.members(elicitation);
        members.remove("elicitationId");
        members.put("mode", ByteString.fromString("\"url\""));
        return new Posed(new Id.Number(number), "question-" + number, ELICITATION, Nested.object(members));
    }

    /// The capability that a client lacks which cannot be asked this, as a ClientCapabilities object.
    Optional<String> missing(Abilities abilities) {
        return switch (method) {
            case SAMPLING -> {
                var tools = members().containsKey("tools") || members().containsKey("toolChoice");
                yield unless(
                        abilities.sampling() && (!tools || abilities.tools()),
                        tools ? "{\"sampling\":{\"tools\":{}}}" : "{\"sampling\":{}}");
            }
            case ELICITATION -> {
                var url = Nested.text(members().getOrDefault("mode", ByteString.emptyByteString()))
                        .filter("url"::equals)
                        .isPresent();
                yield url
                        ? unless(abilities.url(), "{\"elicitation\":{\"url\":{}}}")
                        : unless(abilities.form(), "{\"elicitation\":{\"form\":{}}}");
            }
            default -> unless(abilities.roots(), "{\"roots\":{}}");
        };
    }

    /// In bytes, as it came.
    long size() {
        return (long) upstreamId.json().length() + ByteString.fromString(params).size();
    }

    /// As it stands in `inputRequests`.
    String request() {
        return "{\"method\":" + Json.quote(method) + (params.isEmpty() ? "" : ",\"params\":" + params) + "}";
    }

    private SequencedMap<String, ByteString> members() {
        return Nested.members(ByteString.fromString(params.isEmpty() ? "{}" : params));
    }

    private static Optional<String> unless(boolean able, String capability) {
        return able ? Optional.empty() : Optional.of(capability);
    }

    /// Without what names things of the upstream's session, which the client knows nothing of.
    private static String asked(Message request) {
        var clean = request.without(Place.META_PROGRESS_TOKEN).without(Place.META_RELATED_TASK);
        if (clean.raw(Place.PARAMS_META).filter(json -> json.size() == 2).isPresent()) {
            clean = clean.without(Place.PARAMS_META);
        }
        var params = clean.raw(Place.PARAMS);
        return params.map(Nested::members)
                .filter(members -> members.remove("elicitationId") != null)
                .map(Nested::object)
                .orElseGet(() -> params.map(ByteString::utf8String).orElse(""));
    }
}
