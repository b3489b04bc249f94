package gatehouse.node.sample;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// One JSON-RPC message, read or to be written.
record Message(JsonNode json) {
    static final int INVALID_REQUEST = -32600;
    static final int METHOD_NOT_FOUND = -32601;
    static final int INVALID_PARAMS = -32602;

    static Message result(JsonNode id, ObjectNode result) {
        var json = start();
        json.set("id", id);
        json.set("result", result);
        return new Message(json);
    }

    static Message error(JsonNode id, int code, String text) {
        return error(id, code, text, Json.object());
    }

    /// What has no id refuses something that had none, or could not be read.
    static Message error(JsonNode id, int code, String text, ObjectNode data) {
        var json = start();
        if (!id.isMissingNode()) {
            json.set("id", id);
        }
        var error = json.putObject("error").put("code", code).put("message", text);
        if (!data.isEmpty()) {
            error.set("data", data);
        }
        return new Message(json);
    }

    static Message notification(String method, ObjectNode params) {
        var json = start().put("method", method);
        json.set("params", params);
        return new Message(json);
    }

    static Message request(String id, String method, ObjectNode params) {
        var json = start().put("id", id).put("method", method);
        json.set("params", params);
        return new Message(json);
    }

    boolean isValid() {
        return json.path("jsonrpc").asText().equals("2.0")
                && (isRequest() || isAnswer() || (!method().isEmpty() && id().isMissingNode()));
    }

    boolean isRequest() {
        return !method().isEmpty() && (id().isTextual() || id().isIntegralNumber());
    }

    boolean isAnswer() {
        return method().isEmpty() && (json.has("result") || json.has("error"));
    }

    JsonNode id() {
        return json.path("id");
    }

    String method() {
        return json.path("method").asText();
    }

    JsonNode params() {
        return json.path("params");
    }

    JsonNode meta() {
        return params().path("_meta");
    }

    private static ObjectNode start() {
        return Json.object().put("jsonrpc", "2.0");
    }
}
