package gatehouse.node.sample;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/// Revision 2026-07-28: every request stands alone and says everything about itself.
final class ModernEra {
    static final String VERSION = "2026-07-28";

    private static final String PREFIX = "io.modelcontextprotocol/";
    private static final int HEADER_MISMATCH = -32020;
    private static final int MISSING_CAPABILITY = -32021;
    private static final int UNSUPPORTED_VERSION = -32022;
    private static final int FRESH_MILLIS = 60_000;

    /// What the header `Mcp-Name` repeats, for the methods that have it.
    private static final Map<String, String> NAMED =
            Map.of("tools/call", "name", "prompts/get", "name", "resources/read", "uri");

    private ModernEra() {}

    /// An envelope says so; a header that names the revision promises one.
    static boolean claims(Message message, String version) {
        return message.meta().has(PREFIX + "protocolVersion") || version.equals(VERSION);
    }

    /// First failure wins, in the order in which the official SDKs look.
    static HttpResponse answer(Message message, Function<String, String> headers) {
        if (!message.isRequest()) {
            return Responses.empty(202);
        }
        var version = message.meta().path(PREFIX + "protocolVersion");
        if (!version.isTextual()
                || !message.meta().path(PREFIX + "clientCapabilities").isObject()) {
            return refuse(
                    400,
                    message,
                    Message.INVALID_PARAMS,
                    "params._meta must name protocolVersion and clientCapabilities");
        }
        if (!headers.apply("MCP-Protocol-Version").equals(version.asText())) {
            return refuse(400, message, HEADER_MISMATCH, "MCP-Protocol-Version is missing or differs from the body");
        }
        if (!version.asText().equals(VERSION)) {
            return unsupported(message, version);
        }
        if (!headers.apply("Mcp-Method").equals(message.method())) {
            return refuse(400, message, HEADER_MISMATCH, "Mcp-Method is missing or differs from the body");
        }
        var named = message.params().path(NAMED.getOrDefault(message.method(), ""));
        if (!named.isMissingNode() && !plain(headers.apply("Mcp-Name")).equals(named.asText())) {
            return refuse(400, message, HEADER_MISMATCH, "Mcp-Name is missing or differs from the body");
        }
        return message.method().equals("server/discover") ? discover(message) : take(message, Offers.begin(message));
    }

    private static HttpResponse take(Message request, Step step) {
        return switch (step) {
            case Step.Done(var result) -> Responses.json(200, Message.result(request.id(), complete(request, result)));
            case Step.Counting(var from) ->
                Responses.events(Countdown.stream(request, from, complete(request, Tools.liftOff())));
            case Step.Asking(var elicitation) -> ask(request, elicitation);
            case Step.NoResource(var uri) ->
                Responses.json(
                        200,
                        Message.error(
                                request.id(),
                                Message.INVALID_PARAMS,
                                "there is no such resource",
                                Json.object().put("uri", uri)));
            case Step.Wrong(var code, var text) ->
                refuse(code == Message.METHOD_NOT_FOUND ? 404 : 200, request, code, text);
        };
    }

    /// The client sends the same request again, with the answer in it.
    private static HttpResponse ask(Message request, ObjectNode elicitation) {
        var answer = request.params().path("inputResponses").path("name");
        if (answer.isObject()) {
            return Responses.json(200, Message.result(request.id(), complete(request, Tools.greet(answer))));
        }
        if (!LegacyEra.canBeAsked(request.meta().path(PREFIX + "clientCapabilities"))) {
            var data = Json.constant("{\"requiredCapabilities\": {\"elicitation\": {\"form\": {}}}}");
            return Responses.json(
                    400, Message.error(request.id(), MISSING_CAPABILITY, "this tool asks by elicitation", data));
        }
        var result = signed(Json.object().put("resultType", "input_required"));
        var question = result.putObject("inputRequests").putObject("name").put("method", "elicitation/create");
        question.set("params", elicitation);
        return Responses.json(200, Message.result(request.id(), result));
    }

    private static HttpResponse discover(Message request) {
        var result = Json.object().put("instructions", Offers.INSTRUCTIONS);
        result.putArray("supportedVersions").add(VERSION);
        result.set("capabilities", Offers.CAPABILITIES.deepCopy());
        return Responses.json(200, Message.result(request.id(), complete(request, result)));
    }

    /// Lists and the like say how long they are good for, and for whom.
    private static ObjectNode complete(Message request, ObjectNode result) {
        var method = request.method();
        if (method.endsWith("/list") || method.equals("resources/read") || method.equals("server/discover")) {
            result.put("ttlMs", FRESH_MILLIS).put("cacheScope", "public");
        }
        return signed(result.put("resultType", "complete"));
    }

    private static ObjectNode signed(ObjectNode result) {
        result.putObject("_meta").set(PREFIX + "serverInfo", Offers.IDENTITY.deepCopy());
        return result;
    }

    private static HttpResponse unsupported(Message request, JsonNode requested) {
        var data = Json.object();
        data.putArray("supported").add(VERSION);
        data.set("requested", requested);
        return Responses.json(
                400, Message.error(request.id(), UNSUPPORTED_VERSION, "this protocol revision is not served", data));
    }

    /// What headers cannot carry comes in base64 between marks.
    private static String plain(String header) {
        if (!header.startsWith("=?base64?") || !header.endsWith("?=") || header.length() < 11) {
            return header;
        }
        try {
            var bytes = Base64.getDecoder().decode(header.substring(9, header.length() - 2));
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return header;
        }
    }

    private static HttpResponse refuse(int status, Message request, int code, String text) {
        return Responses.json(status, Message.error(request.id(), code, text));
    }
}
