package gatehouse.node.journey;

import gatehouse.session.fake.Arrival;
import gatehouse.session.fake.FakeUpstream;
import gatehouse.session.fake.Script;

/// An upstream of 2026-07-28 alone, with those tools the conformance suite wants that ask their client.
final class AskingModern {

    private static final String TOOL = "{\"name\":\"%s\",\"inputSchema\":{\"type\":\"object\"}}";
    private static final String DONE =
            "{\"resultType\":\"complete\",\"content\":[{\"type\":\"text\",\"text\":\"the client has answered\"}]}";

    private static final String SAMPLING = """
            {"method":"sampling/createMessage","params":{"maxTokens":100,"messages":[{"role":"user",\
            "content":{"type":"text","text":"Test prompt for sampling"}}]}}""";
    private static final String FORM = """
            {"method":"elicitation/create","params":{"message":"Please","requestedSchema":{"type":"object",\
            "properties":{"username":{"type":"string","description":"User's response"},\
            "email":{"type":"string","description":"User's email address"}},"required":["username","email"]}}}""";
    private static final String DEFAULTS = """
            {"method":"elicitation/create","params":{"message":"Please","requestedSchema":{"type":"object",\
            "properties":{"name":{"type":"string","default":"John Doe"},"age":{"type":"integer","default":30},\
            "score":{"type":"number","default":95.5},"status":{"type":"string",\
            "enum":["active","inactive","pending"],"default":"active"},\
            "verified":{"type":"boolean","default":true}},"required":[]}}}""";
    private static final String ENUMS = """
            {"method":"elicitation/create","params":{"message":"Please","requestedSchema":{"type":"object",\
            "properties":{"untitledSingle":{"type":"string","enum":["option1","option2","option3"]},\
            "titledSingle":{"type":"string","oneOf":[{"const":"value1","title":"First Option"},\
            {"const":"value2","title":"Second Option"},{"const":"value3","title":"Third Option"}]},\
            "legacyEnum":{"type":"string","enum":["opt1","opt2","opt3"],\
            "enumNames":["Option One","Option Two","Option Three"]},\
            "untitledMulti":{"type":"array","items":{"type":"string","enum":["option1","option2","option3"]}},\
            "titledMulti":{"type":"array","items":{"anyOf":[{"const":"value1","title":"First Choice"},\
            {"const":"value2","title":"Second Choice"},{"const":"value3","title":"Third Choice"}]}}},\
            "required":[]}}}""";

    private AskingModern() {}

    static FakeUpstream start() {
        var tools = String.join(
                ",",
                TOOL.formatted("test_sampling"),
                TOOL.formatted("test_elicitation"),
                TOOL.formatted("test_elicitation_sep1034_defaults"),
                TOOL.formatted("test_elicitation_sep1330_enums"));
        return FakeUpstream.modern()
                .on(
                        "tools/list",
                        Script.result("{\"resultType\":\"complete\",\"tools\":[" + tools
                                + "],\"ttlMs\":60000,\"cacheScope\":\"public\"}"))
                .on(
                        "tools/call",
                        arrival -> Script.result(
                                        arrival.body().contains("\"inputResponses\"")
                                                ? DONE
                                                : "{\"resultType\":\"input_required\",\"inputRequests\":{\"asked\":"
                                                        + question(arrival) + "}}")
                                .answer(arrival));
    }

    private static String question(Arrival arrival) {
        return switch (arrival.header("Mcp-Name")) {
            case "test_sampling" -> SAMPLING;
            case "test_elicitation" -> FORM;
            case "test_elicitation_sep1034_defaults" -> DEFAULTS;
            case "test_elicitation_sep1330_enums" -> ENUMS;
            default -> throw new IllegalArgumentException(arrival.header("Mcp-Name"));
        };
    }
}
