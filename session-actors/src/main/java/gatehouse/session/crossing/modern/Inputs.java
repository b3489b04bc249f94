package gatehouse.session.crossing.modern;

import gatehouse.session.mcp.Codes;
import gatehouse.session.mcp.Id;
import gatehouse.session.mcp.Json;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Nested;
import gatehouse.session.mcp.Place;
import gatehouse.session.mcp.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.pekko.util.ByteString;

/// The modern way to ask: a result that says what is needed, and what to send along when the request is sent again.
final class Inputs {

    /// Addresses to visit that are told of at once.
    private static final int VISITS = 8;

    private Inputs() {}

    static Message required(Id id, List<Posed> questions, String state) {
        var requests = questions.stream()
                .map(posed -> Json.quote(posed.key()) + ":" + posed.request())
                .collect(Collectors.joining(",", "{", "}"));
        return Message.result(
                id,
                "{\"resultType\":\"input_required\",\"inputRequests\":" + requests + ",\"requestState\":"
                        + Json.quote(state) + "}");
    }

    /// What 2025-11-25 says by an error: addresses to visit before the call can be made.
    static List<Posed> visits(Message error) {
        var elicitations = error.raw(Place.ERROR_DATA)
                .map(Nested::members)
                .map(data -> data.getOrDefault("elicitations", ByteString.emptyByteString()))
                .filter(json -> !json.isEmpty())
                .map(Nested::elements)
                .orElseGet(List::of);
        var visits = new ArrayList<Posed>();
        elicitations.stream()
                .filter(Inputs::leadsSomewhere)
                .limit(VISITS)
                .forEach(elicitation -> visits.add(Posed.visit(elicitation, visits.size() + 1)));
        return visits;
    }

    /// The first capability the client would need to be asked these and did not declare.
    static Optional<Refusal> refused(List<Posed> questions, Abilities abilities) {
        return questions.stream()
                .flatMap(posed -> posed.missing(abilities).stream())
                .findFirst()
                .map(Inputs::lacking);
    }

    /// An answer that can be passed on; anything else counts as none.
    static Optional<ByteString> response(Envelope envelope, Posed posed) {
        return Optional.ofNullable(envelope.responses().get(posed.key())).filter(Nested::isObject);
    }

    /// Whether each address was agreed to.
    static boolean agreed(Envelope envelope) {
        Predicate<ByteString> accepts =
                response -> Nested.text(Nested.members(response).getOrDefault("action", ByteString.emptyByteString()))
                        .filter("accept"::equals)
                        .isPresent();
        return envelope.responses().values().stream().allMatch(accepts);
    }

    private static Refusal lacking(String capability) {
        return new Refusal(
                400,
                Codes.MISSING_CLIENT_CAPABILITY,
                "answering this takes a capability that the request does not declare",
                "{\"requiredCapabilities\":" + capability + "}");
    }

    private static boolean leadsSomewhere(ByteString elicitation) {
        return Nested.text(Nested.members(elicitation).getOrDefault("url", ByteString.emptyByteString()))
                .isPresent();
    }
}
