package gatehouse.session.crossing.modern;

import static gatehouse.session.crossing.modern.Facing.raw;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.session.lifecycle.Leg;
import gatehouse.session.mcp.Id;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Place;
import java.time.Duration;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a legacy message becomes in the modern era, and the other way round.
class TranslatingTest {

    private static final Id ID = new Id.Text("1");
    private static final ModernSettings.Freshness FRESH =
            new ModernSettings.Freshness(Duration.ofSeconds(30), Duration.ZERO);

    private static Hello hello(String capabilities) {
        return hello(capabilities, "2025-11-25");
    }

    private static Hello hello(String capabilities, String version) {
        var result = Message.result(
                ID,
                "{\"capabilities\":" + capabilities
                        + ",\"serverInfo\":{\"name\":\"s\"},\"instructions\":\"Be\\nkind\"}");
        return Hello.of(result, new Leg("s1", version));
    }

    private static Message translated(String method, String result) {
        return new Results(hello("{}"), FRESH).of(Message.result(ID, result), method);
    }

    @Test
    void discovery_leaves_out_what_cannot_be_carried_across() {
        var capabilities = "{\"tools\":{\"listChanged\":true},\"tasks\":{\"list\":{}},\"x-own\":{},"
                + "\"extensions\":{\"io.modelcontextprotocol/tasks\":{},\"acme/x\":{}}}";

        var result = raw(new Results(hello(capabilities), FRESH).discovered(ID), Place.RESULT);

        assertThat(result)
                .contains(
                        "\"capabilities\":{\"tools\":{\"listChanged\":true},\"x-own\":{},\"extensions\":{\"acme/x\":{}}}")
                .contains("\"instructions\":\"Be\\nkind\"");
    }

    @ParameterizedTest
    @CsvSource({
        "tools/call, '{\"tools\":{}}', 2025-11-25, true",
        "tools/list, '{}', 2025-11-25, false",
        "resources/templates/list, '{\"resources\":{}}', 2025-11-25, true",
        "completion/complete, '{}', 2025-11-25, false",
        "completion/complete, '{}', 2024-11-05, true",
        "tasks/get, '{\"tasks\":{}}', 2025-11-25, false",
        "acme/do, '{}', 2025-11-25, true",
    })
    void methods_are_served_by_what_the_upstream_declares(
            String method, String capabilities, String version, boolean served) {
        assertThat(hello(capabilities, version).serves(method)).isEqualTo(served);
    }

    @Test
    void a_read_is_never_fresh_unless_the_upstream_says_so() {
        assertThat(raw(translated("resources/read", "{\"contents\":[]}"), Place.RESULT_TTL_MS))
                .isEqualTo("0");
        assertThat(raw(translated("resources/read", "{\"contents\":[],\"ttlMs\":5}"), Place.RESULT_TTL_MS))
                .isEqualTo("5");
        assertThat(raw(translated("resources/read", "{\"contents\":[],\"ttlMs\":-5}"), Place.RESULT_TTL_MS))
                .isEqualTo("0");
    }

    @Test
    void nothing_of_a_session_is_for_everybody() {
        assertThat(raw(translated("tools/list", "{\"tools\":[],\"cacheScope\":\"public\"}"), Place.RESULT_CACHE_SCOPE))
                .isEqualTo("\"private\"");
    }

    @Test
    void a_call_is_complete_and_says_nothing_of_keeping() {
        var result = raw(translated("tools/call", "{\"content\":[],\"_meta\":null}"), Place.RESULT);

        assertThat(result)
                .contains("\"resultType\":\"complete\"")
                .contains("\"_meta\":{\"io.modelcontextprotocol/serverInfo\":{\"name\":\"s\"}}")
                .doesNotContain("ttlMs");
    }

    @Test
    void tools_lose_their_word_on_tasks_and_nothing_else() {
        var list = Message.result(
                ID,
                "{\"tools\":[{\"name\":\"a\",\"execution\":{\"taskSupport\":\"required\"},\"x\":1.0e1},"
                        + "{\"name\":\"b\",\"execution\":{\"taskSupport\":\"optional\",\"y\":2}},"
                        + "{\"name\":\"c\"}]}");

        assertThat(raw(ToolFlags.removed(list), Place.RESULT_TOOLS))
                .isEqualTo("[{\"name\":\"a\",\"x\":1.0e1},{\"name\":\"b\",\"execution\":{\"y\":2}},{\"name\":\"c\"}]");
        assertThat(ToolFlags.requiring(list)).containsExactly("a");
    }

    @Test
    void a_missing_resource_is_a_wrong_parameter_that_names_it() {
        var request = Message.request(ID, "resources/read", "{\"uri\":\"test://x\"}");

        var error = Errors.translated(Message.error(ID, -32002, "no such thing"), request);

        assertThat(raw(error, Place.ERROR_CODE)).isEqualTo("-32602");
        assertThat(raw(error, Place.ERROR_DATA)).isEqualTo("{\"uri\":\"test://x\"}");
        assertThat(raw(error, Place.ERROR_MESSAGE)).isEqualTo("\"no such thing\"");
    }

    @ParameterizedTest
    @CsvSource({
        "tools/call, -32602, -32602, 200",
        "tools/call, -32601, -32602, 200",
        "tools/list, -32601, -32601, 404",
        "acme/do, -32601, -32601, 404",
        "tools/call, -32000, -32603, 200",
        "tools/call, -32021, -32603, 200",
        "tools/call, -32099, -32603, 200",
        "tools/call, -32042, -32603, 200",
        "tools/call, -32100, -32100, 200",
        "tools/call, 7, 7, 200",
    })
    void codes_of_a_server_stay_out_of_the_range_the_revision_reserves(
            String method, int code, String translated, int status) {
        var error = Errors.translated(Message.error(ID, code, "no"), Message.request(ID, method, "{}"));

        assertThat(raw(error, Place.ERROR_CODE)).isEqualTo(translated);
        assertThat(Errors.status(error)).isEqualTo(status);
    }

    @Test
    void an_empty_elicitation_means_forms_and_a_list_of_modes_means_those() {
        assertThat(able("{\"elicitation\":{}}")).isEqualTo(new Abilities(false, false, true, false, false));
        assertThat(able("{\"elicitation\":{\"url\":{}}}")).isEqualTo(new Abilities(false, false, false, true, false));
        assertThat(able("{\"sampling\":{\"tools\":{}},\"roots\":{}}"))
                .isEqualTo(new Abilities(true, true, false, false, true));
        assertThat(able("{\"sampling\":true,\"elicitation\":null}"))
                .isEqualTo(new Abilities(false, false, false, false, false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sampling/createMessage | {\"tools\":[]} | {\"sampling\":{}} | {\"sampling\":{\"tools\":{}}}",
                "sampling/createMessage | {} | {} | {\"sampling\":{}}",
                "elicitation/create | {\"mode\":\"url\"} | {\"elicitation\":{}} | {\"elicitation\":{\"url\":{}}}",
                "elicitation/create | {} | {\"elicitation\":{\"url\":{}}} | {\"elicitation\":{\"form\":{}}}",
                "roots/list | {} | {\"sampling\":{}} | {\"roots\":{}}",
            })
    void who_lacks_a_capability_is_told_which(String method, String params, String declared, String required) {
        var posed = Posed.of(Message.request(ID, method, params), 1).orElseThrow();

        assertThat(posed.missing(able(declared))).contains(required);
        assertThat(posed.missing(able(Facing.ABLE))).isEmpty();
    }

    @Test
    void a_question_leaves_out_what_names_things_of_the_session() {
        var request = Message.request(
                ID,
                "elicitation/create",
                "{\"mode\":\"url\",\"url\":\"https://x\",\"elicitationId\":\"e\",\"_meta\":{\"progressToken\":1}}");

        assertThat(Posed.of(request, 1).orElseThrow().request())
                .isEqualTo("{\"method\":\"elicitation/create\",\"params\":{\"mode\":\"url\",\"url\":\"https://x\"}}");
        assertThat(Posed.of(Message.request(ID, "tasks/get", "{}"), 1)).isEmpty();
    }

    @Test
    void an_error_that_wants_addresses_visited_becomes_questions() {
        var error = Message.error(
                ID,
                -32042,
                "first",
                "{\"elicitations\":[{\"elicitationId\":\"e\",\"url\":\"https://x\",\"message\":\"m\"},7]}");

        assertThat(Inputs.visits(error))
                .singleElement()
                .satisfies(visit -> assertThat(visit.params())
                        .isEqualTo("{\"url\":\"https://x\",\"message\":\"m\",\"mode\":\"url\"}"));
        assertThat(Inputs.visits(Message.error(ID, -32042, "none"))).isEmpty();
    }

    @Test
    void a_state_is_read_back_as_it_was_written_and_anything_else_begins_anew() {
        assertThat(State.of(new State.Waiting("x").text())).isEqualTo(new State.Waiting("x"));
        assertThat(State.of(new State.Visited(3).text())).isEqualTo(new State.Visited(3));
        assertThat(State.of("visited -1")).isEqualTo(new State.None());
        assertThat(State.of("")).isEqualTo(new State.None());
    }

    @Test
    void the_envelope_is_taken_off_and_the_rest_stays() {
        var message = Facing.post("1", "tools/call", "\"name\":\"x\",\"inputResponses\":{},\"requestState\":\"s\"")
                .message();

        assertThat(raw(Envelope.bare(message), Place.PARAMS)).isEqualTo("{\"name\":\"x\"}");
    }

    private static Abilities able(String capabilities) {
        return Abilities.of(ByteString.fromString(capabilities));
    }
}
