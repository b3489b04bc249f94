package gatehouse.session.crossing.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.session.mcp.Id;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Place;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultsTest {

    private static final Id ID = new Id.Number(1);

    private static String result(String method, String json) {
        return raw(Results.of(method, Message.result(ID, json)), Place.RESULT);
    }

    @Test
    void what_only_the_modern_era_says_is_taken_away_and_the_rest_stays() {
        assertThat(result(
                        "resources/list",
                        "{\"resultType\":\"complete\",\"resources\":[{\"uri\":\"a:b\",\"new\":1}],\"ttlMs\":5,"
                                + "\"cacheScope\":\"public\",\"_meta\":{\"io.modelcontextprotocol/serverInfo\":{\"name\":\"x\"},"
                                + "\"own\":2}}"))
                .isEqualTo("{\"resources\":[{\"uri\":\"a:b\",\"new\":1}],\"_meta\":{\"own\":2}}");
    }

    @Test
    void metadata_that_held_nothing_else_goes_with_it() {
        assertThat(result("prompts/list", "{\"prompts\":[],\"_meta\":{\"io.modelcontextprotocol/serverInfo\":{}}}"))
                .isEqualTo("{\"prompts\":[]}");
    }

    @Test
    void structured_content_that_is_an_object_stays() {
        var json = "{\"content\":[],\"structuredContent\":{\"a\":1}}";

        assertThat(result("tools/call", json)).isEqualTo(json);
    }

    @Test
    void structured_content_that_is_no_object_is_left_to_the_text_beside_it() {
        assertThat(result(
                        "tools/call", "{\"content\":[{\"type\":\"text\",\"text\":\"[1]\"}],\"structuredContent\":[1]}"))
                .isEqualTo("{\"content\":[{\"type\":\"text\",\"text\":\"[1]\"}]}");
        assertThat(result("tools/call", "{\"content\":[],\"structuredContent\":[\"x\"]}"))
                .isEqualTo("{\"content\":[{\"type\":\"text\",\"text\":\"[\\\"x\\\"]\"}]}");
    }

    @Test
    void a_missing_resource_has_the_code_it_had() {
        var error = Message.error(ID, -32602, "no such resource", "{\"uri\":\"a:b\"}");

        assertThat(raw(Results.of("resources/read", error), Place.ERROR))
                .isEqualTo("{\"code\":-32002,\"message\":\"no such resource\",\"data\":{\"uri\":\"a:b\"}}");
        assertThat(Results.of("prompts/get", error)).isEqualTo(error);
        assertThat(Results.of("resources/read", Message.error(ID, -32602, "bad cursor")))
                .isEqualTo(Message.error(ID, -32602, "bad cursor"));
    }

    @ParameterizedTest
    @ValueSource(ints = {-32020, -32022})
    void what_is_between_gateway_and_upstream_is_not_the_clients_business(int code) {
        var error = Results.of("tools/call", Message.error(ID, code, "MCP-Protocol-Version is missing"));

        assertThat(raw(error, Place.ERROR_CODE)).isEqualTo("-32603");
        assertThat(raw(error, Place.ERROR)).doesNotContain("is missing").contains("\"outcome\":\"refused\"");
        assertThat(error.id()).contains(ID);
    }

    @Test
    void a_missing_capability_is_named_but_not_in_the_upstreams_words() {
        var error = Results.of(
                "tools/call",
                Message.error(
                        ID,
                        -32021,
                        "secret",
                        "{\"requiredCapabilities\":{\"sampling\":{},\"evil words\":{},"
                                + "\"extensions\":{\"io.modelcontextprotocol/tasks\":{},\"bad name\\n\":{}}}}"));

        assertThat(raw(error, Place.ERROR_CODE)).isEqualTo("-32603");
        assertThat(raw(error, Place.ERROR_MESSAGE))
                .contains("initialize: sampling, io.modelcontextprotocol/tasks")
                .doesNotContain("secret")
                .doesNotContain("evil")
                .doesNotContain("bad name");
    }

    @Test
    void any_other_error_is_the_upstreams_answer() {
        var error = Message.error(ID, -32601, "no such method", "{\"x\":1}");

        assertThat(Results.of("foo/bar", error)).isEqualTo(error);
    }

    private static String raw(Message message, Place place) {
        return message.raw(place).map(ByteString::utf8String).orElse("");
    }
}
