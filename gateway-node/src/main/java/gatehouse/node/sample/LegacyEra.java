package gatehouse.node.sample;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.stream.javadsl.Source;

/// Revisions 2025-06-18 and 2025-11-25: a client says hello, is given a session, and names it with every message.
final class LegacyEra {
    private static final List<String> VERSIONS = List.of("2025-11-25", "2025-06-18");
    private static final String SESSION = "Mcp-Session-Id";
    private static final int TRANSPORT = -32000;
    private static final int UNKNOWN_SESSION = -32001;
    private static final int NO_RESOURCE = -32002;
    private static final int MOST_SESSIONS = 1000;

    /// The one that has not been used for longest makes room; its client is told to say hello again.
    private final Map<String, Session> sessions = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Session> eldest) {
            return size() > MOST_SESSIONS;
        }
    });

    /// Whether a client with these capabilities can put a form before a person.
    static boolean canBeAsked(JsonNode capabilities) {
        var elicitation = capabilities.path("elicitation");
        return elicitation.isObject() && (elicitation.isEmpty() || elicitation.has("form"));
    }

    HttpResponse answer(Message message, Function<String, String> headers) {
        if (message.method().equals("initialize") && message.isRequest()) {
            return begin(message);
        }
        var version = headers.apply("MCP-Protocol-Version");
        if (!version.isEmpty() && !VERSIONS.contains(version)) {
            return refuse(
                    400, message, TRANSPORT, "MCP-Protocol-Version names no revision that is served: " + VERSIONS);
        }
        if (headers.apply(SESSION).isEmpty()) {
            return refuse(400, message, TRANSPORT, SESSION + " is missing");
        }
        var session = Optional.ofNullable(sessions.get(headers.apply(SESSION)));
        return session.map(known -> answer(message, known))
                .orElseGet(() -> refuse(404, message, UNKNOWN_SESSION, "there is no such session"));
    }

    HttpResponse end(String session) {
        return Responses.empty(sessions.remove(session) == null ? 404 : 200);
    }

    private HttpResponse begin(Message message) {
        var requested = message.params().path("protocolVersion").asText();
        var session = Session.begin(canBeAsked(message.params().path("capabilities")));
        sessions.put(session.id(), session);
        var result = Json.object()
                .put("protocolVersion", VERSIONS.contains(requested) ? requested : VERSIONS.getFirst())
                .put("instructions", Offers.INSTRUCTIONS);
        result.set("capabilities", Offers.CAPABILITIES.deepCopy());
        result.set("serverInfo", Offers.IDENTITY.deepCopy());
        return Responses.json(200, Message.result(message.id(), result))
                .addHeader(RawHeader.create(SESSION, session.id()));
    }

    /// A countdown cannot be cancelled: it is over in five seconds.
    private static HttpResponse answer(Message message, Session session) {
        if (message.isAnswer()) {
            session.hear(message);
        }
        if (!message.isRequest()) {
            return Responses.empty(202);
        }
        return message.method().equals("ping")
                ? Responses.json(200, Message.result(message.id(), Json.object()))
                : take(message, session, Offers.begin(message));
    }

    private static HttpResponse take(Message request, Session session, Step step) {
        return switch (step) {
            case Step.Done(var result) -> Responses.json(200, Message.result(request.id(), result));
            case Step.Counting(var from) -> Responses.events(Countdown.stream(request, from, Tools.liftOff()));
            case Step.Asking(var elicitation) -> ask(request, session, elicitation);
            case Step.NoResource(var uri) ->
                Responses.json(
                        200,
                        Message.error(
                                request.id(),
                                NO_RESOURCE,
                                "there is no such resource",
                                Json.object().put("uri", uri)));
            case Step.Wrong(var code, var text) -> refuse(200, request, code, text);
        };
    }

    /// The question goes out on the stream of the request that led to it; the answer is posted like any message.
    private static HttpResponse ask(Message request, Session session, ObjectNode elicitation) {
        var asked = session.canBeAsked() ? session.ask() : Optional.<Session.Question>empty();
        return asked.map(question -> Responses.events(Source.single(
                                Message.request(question.id(), "elicitation/create", elicitation))
                        .concat(Source.completionStage(question.answer())
                                .map(answer -> Message.result(request.id(), Tools.greet(answer))))))
                .orElseGet(() -> Responses.json(
                        200, Message.result(request.id(), Tools.failed("this client cannot be asked by elicitation"))));
    }

    private static HttpResponse refuse(int status, Message message, int code, String text) {
        return Responses.json(status, Message.error(message.id(), code, text));
    }
}
