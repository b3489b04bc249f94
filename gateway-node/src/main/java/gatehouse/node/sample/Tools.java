package gatehouse.node.sample;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// The four tools of the sample: one plain, one typed, one slow, and one that asks back.
final class Tools {
    static final ObjectNode LIST = Json.constant("""
            {"tools": [
              {"name": "echo", "title": "Echo", "description": "Says what it is told.",
               "inputSchema": {"type": "object", "properties": {"text": {"type": "string"}}, "required": ["text"]},
               "annotations": {"readOnlyHint": true, "openWorldHint": false}},
              {"name": "add", "title": "Add", "description": "Adds two numbers.",
               "inputSchema": {"type": "object",
                 "properties": {"a": {"type": "number"}, "b": {"type": "number"}}, "required": ["a", "b"]},
               "outputSchema": {"type": "object", "properties": {"sum": {"type": "number"}}, "required": ["sum"]},
               "annotations": {"readOnlyHint": true, "openWorldHint": false}},
              {"name": "countdown", "title": "Count down",
               "description": "Counts down, half a second for each number, and reports progress.",
               "inputSchema": {"type": "object",
                 "properties": {"from": {"type": "integer", "minimum": 1, "maximum": 10}}, "required": ["from"]},
               "annotations": {"readOnlyHint": true, "openWorldHint": false}},
              {"name": "ask_name", "title": "Ask for a name",
               "description": "Asks the person at the other end for their name, and greets them.",
               "inputSchema": {"type": "object", "properties": {}},
               "annotations": {"readOnlyHint": true, "openWorldHint": false}}
            ]}
            """);

    private static final ObjectNode QUESTION = Json.constant("""
            {"mode": "form", "message": "What is your name?",
             "requestedSchema": {"type": "object",
               "properties": {"name": {"type": "string", "title": "Name", "maxLength": 80}}, "required": ["name"]}}
            """);

    private Tools() {}

    static Step call(String tool, JsonNode arguments) {
        return switch (tool) {
            case "echo" -> echo(arguments.path("text"));
            case "add" -> add(arguments.path("a"), arguments.path("b"));
            case "countdown" -> countdown(arguments.path("from"));
            case "ask_name" -> new Step.Asking(QUESTION.deepCopy());
            default -> new Step.Wrong(Message.INVALID_PARAMS, "there is no such tool");
        };
    }

    /// What the countdown says when it is over.
    static ObjectNode liftOff() {
        return text("Lift-off!");
    }

    /// What comes of the question, if anything did.
    static ObjectNode greet(JsonNode answer) {
        var name = answer.path("content").path("name").asText();
        return answer.path("action").asText().equals("accept") && !name.isBlank()
                ? text("Hello, " + name + "!")
                : text("Hello, whoever you are!");
    }

    /// A failure that the model behind the client may read, and do better.
    static ObjectNode failed(String text) {
        return text(text).put("isError", true);
    }

    private static Step echo(JsonNode text) {
        return new Step.Done(text.isTextual() ? text(text.asText()) : failed("text must be a string"));
    }

    private static Step add(JsonNode a, JsonNode b) {
        if (!a.isNumber() || !b.isNumber()) {
            return new Step.Done(failed("a and b must be numbers"));
        }
        var sum = a.decimalValue().add(b.decimalValue());
        var result = text(sum.toPlainString());
        result.putObject("structuredContent").put("sum", sum);
        return new Step.Done(result);
    }

    private static Step countdown(JsonNode from) {
        return from.isIntegralNumber() && from.asLong() >= 1 && from.asLong() <= 10
                ? new Step.Counting(from.asInt())
                : new Step.Done(failed("from must be a whole number from 1 to 10"));
    }

    private static ObjectNode text(String text) {
        var result = Json.object();
        result.putArray("content").addObject().put("type", "text").put("text", text);
        return result;
    }
}
