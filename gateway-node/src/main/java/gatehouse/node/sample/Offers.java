package gatehouse.node.sample;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// Everything the sample has to offer: [Tools], a prompt and a resource.
final class Offers {
    static final ObjectNode IDENTITY =
            Json.constant("{\"name\": \"gatehouse-sample\", \"title\": \"Gatehouse sample\", \"version\": \"1.0.0\"}");

    static final ObjectNode CAPABILITIES = Json.constant("{\"tools\": {}, \"prompts\": {}, \"resources\": {}}");

    static final String INSTRUCTIONS = "An upstream to try a gateway with. Nothing it does has any effect.";

    private static final String URI = "sample://welcome";

    private static final ObjectNode PROMPTS = Json.constant("""
            {"prompts": [{"name": "introduce", "title": "Introduce somebody", "description": "Asks for an introduction.",
              "arguments": [{"name": "who", "description": "Who is to be introduced.", "required": true}]}]}
            """);

    private static final ObjectNode RESOURCES = Json.constant("""
            {"resources": [{"uri": "sample://welcome", "name": "welcome", "title": "A welcome", "mimeType": "text/plain"}]}
            """);

    private Offers() {}

    static Step begin(Message request) {
        var params = request.params();
        return switch (request.method()) {
            case "tools/list" -> new Step.Done(Tools.LIST.deepCopy());
            case "tools/call" -> Tools.call(params.path("name").asText(), params.path("arguments"));
            case "prompts/list" -> new Step.Done(PROMPTS.deepCopy());
            case "prompts/get" ->
                prompt(params.path("name").asText(), params.path("arguments").path("who"));
            case "resources/list" -> new Step.Done(RESOURCES.deepCopy());
            case "resources/templates/list" -> new Step.Done(Json.constant("{\"resourceTemplates\": []}"));
            case "resources/read" -> resource(params.path("uri").asText());
            default -> new Step.Wrong(Message.METHOD_NOT_FOUND, "there is no method " + request.method());
        };
    }

    private static Step prompt(String name, JsonNode who) {
        if (!name.equals("introduce") || !who.isTextual()) {
            return new Step.Wrong(Message.INVALID_PARAMS, "the only prompt is introduce; it needs the argument who");
        }
        var result = Json.object().put("description", "Asks for an introduction.");
        result.putArray("messages")
                .addObject()
                .put("role", "user")
                .putObject("content")
                .put("type", "text")
                .put("text", "Please introduce " + who.asText() + " in two sentences.");
        return new Step.Done(result);
    }

    private static Step resource(String uri) {
        if (!uri.equals(URI)) {
            return new Step.NoResource(uri);
        }
        var result = Json.object();
        result.putArray("contents")
                .addObject()
                .put("uri", URI)
                .put("mimeType", "text/plain")
                .put("text", "You have come through the gate.");
        return new Step.Done(result);
    }
}
