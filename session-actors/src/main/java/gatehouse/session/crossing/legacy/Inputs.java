package gatehouse.session.crossing.legacy;

import gatehouse.session.mcp.Codes;
import gatehouse.session.mcp.Dialect;
import gatehouse.session.mcp.Json;
import gatehouse.session.mcp.Members;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Place;
import gatehouse.session.mcp.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.util.ByteString;

/// What a modern upstream wants to know of the client before it goes on, judged: whether this client can be asked, and
/// how
/// it is asked in its own revision.
sealed interface Inputs {

    /// These requests are put to the client, all at once.
    record Put(List<Question> questions) implements Inputs {}

    /// The client cannot be asked; the call ends with this.
    record Unaskable(Refusal refusal) implements Inputs {}

    /// The longest list of questions of one round; a person has to answer them.
    int MOST = 32;

    /// One request to the client.
    ///
    /// @param key by which the upstream knows it
    /// @param params as JSON
    record Question(String key, String method, String params) {

        /// What the upstream is told; nothing where the client's error cannot be told it. A form or a page that
        /// failed
        /// counts as put away, which upstreams expect of people.
        Optional<String> response(Message answer) {
            if (answer.kind() == Message.Kind.RESULT) {
                return answer.raw(Place.RESULT).map(ByteString::utf8String);
            }
            return method.equals("elicitation/create") ? Optional.of("{\"action\":\"cancel\"}") : Optional.empty();
        }
    }

    /// Judges one round of questions.
    ///
    /// @param requests the members of `inputRequests`
    static Inputs of(Client client, Map<String, String> requests) {
        if (requests.size() > MOST) {
            return new Unaskable(Trouble.badQuestion());
        }
        var questions = new ArrayList<Question>();
        for (var request : requests.entrySet()) {
            var members = Members.of(request.getValue());
            var method = Members.text(members, "method").orElse("");
            var params = Members.object(members, "params");
            var refusal = unaskable(client, method, params);
            if (refusal.isPresent()) {
                return new Unaskable(refusal.get());
            }
            questions.add(new Question(request.getKey(), method, named(method, params)));
        }
        return new Put(List.copyOf(questions));
    }

    private static Optional<Refusal> unaskable(Client client, String method, String params) {
        return switch (method) {
            case "sampling/createMessage" -> unless(client.samples(), "sampling");
            case "roots/list" -> unless(client.hasRoots(), "roots");
            case "elicitation/create" ->
                isUrl(params) ? visit(client, params) : unless(client.fillsForms(), "elicitation");
            default -> Optional.of(Trouble.badQuestion());
        };
    }

    /// A client of 2025-11-25 that does not visit pages in mid-call may still show the address to somebody.
    private static Optional<Refusal> visit(Client client, String params) {
        if (client.visitsUrls()) {
            return Optional.empty();
        }
        return Optional.of(
                client.dialect() == Dialect.V2025_11_25
                        ? new Refusal(
                                200,
                                Codes.LEGACY_URL_ELICITATION_REQUIRED,
                                "a page has to be visited before this call can be carried out",
                                "{\"elicitations\":[" + identified(params) + "]}")
                        : Trouble.cannotBeAsked("elicitation of a URL"));
    }

    private static Optional<Refusal> unless(boolean askable, String what) {
        return askable ? Optional.empty() : Optional.of(Trouble.cannotBeAsked(what));
    }

    private static String named(String method, String params) {
        return method.equals("elicitation/create") && isUrl(params) ? identified(params) : params;
    }

    private static boolean isUrl(String params) {
        return Members.of(params).getOrDefault("mode", "").equals("\"url\"");
    }

    /// 2025-11-25 wants a name for it, the modern era has none.
    private static String identified(String params) {
        var members = Members.of(params);
        members.putIfAbsent("elicitationId", Json.quote(Fresh.name()));
        return Members.json(members);
    }
}
