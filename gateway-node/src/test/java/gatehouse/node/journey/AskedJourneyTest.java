package gatehouse.node.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// An upstream of 2026-07-28 alone, on the official SDK, asks clients with sessions in mid-call. It seals its state and
/// opens it again, so a state that came back otherwise than it went out would end the call.
@Tag("harness")
@Timeout(60)
class AskedJourneyTest {

    private static final String ASKABLE = "{\"elicitation\":{},\"sampling\":{},\"roots\":{}}";
    private static final ObjectMapper JSON = new ObjectMapper();

    /// More than any of these calls needs.
    private static final int EVENTS = 20;

    private final Harness harness = Harness.required();

    @TempDir
    private Path directory;

    /// How a call went: how often its client was asked, and what came of it.
    private record Course(int asked, JsonNode end) {}

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2025-11-25 | elicitation     | 1 | Hello, Ann!
            2025-06-18 | elicitation     | 1 | Hello, Ann!
            2025-11-25 | sampling        | 1 | Paris
            2025-11-25 | list_roots      | 1 | Roots: work file:///work
            2025-11-25 | request_state   | 1 | state-ok
            2025-11-25 | multiple_inputs | 3 | Name Ann, all inputs received
            2025-11-25 | multi_round     | 2 | Ann likes blue
            """)
    void a_tool_that_asks_is_answered(String version, String tool, int asked, String text) {
        try (var stage = new Stage(harness, List.of("conformance-modern"), directory)) {
            var client = new McpClient(stage.front().openRoute("conformance-modern")).open(version, ASKABLE);

            var course = go(client, McpClient.toolCall(1, "test_input_required_result_" + tool));

            assertThat(course.asked()).isEqualTo(asked);
            assertThat(course.end().at("/result/content/0/text").asText()).isEqualTo(text);
            client.delete();
        }
    }

    @Test
    void a_prompt_that_asks_is_answered() {
        try (var stage = new Stage(harness, List.of("conformance-modern"), directory)) {
            var client = new McpClient(stage.front().openRoute("conformance-modern")).open("2025-11-25", ASKABLE);

            var course = go(
                    client,
                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"prompts/get\","
                            + "\"params\":{\"name\":\"test_input_required_result_prompt\"}}");

            assertThat(course.asked()).isOne();
            assertThat(course.end().at("/result/messages/0/content/text").asText())
                    .isEqualTo("Context: tests");
            client.delete();
        }
    }

    @Test
    void a_client_that_cannot_be_asked_is_told_what_it_would_have_to_declare() {
        try (var stage = new Stage(harness, List.of("conformance-modern"), directory)) {
            var client = new McpClient(stage.front().openRoute("conformance-modern")).open("2025-11-25", "{}");

            var answer = client.post(McpClient.toolCall(1, "test_input_required_result_elicitation"));

            assertThat(answer.body())
                    .contains("\"code\":-32603")
                    .contains("elicitation")
                    .contains("did not declare");
            client.delete();
        }
    }

    /// What the suite's own tools say that ask by the means of the older revisions alone.
    @Test
    void a_tool_that_asks_as_before_fails_in_its_own_words() {
        try (var stage = new Stage(harness, List.of("conformance-modern"), directory)) {
            var client = new McpClient(stage.front().openRoute("conformance-modern")).open("2025-11-25", ASKABLE);

            var course = go(client, McpClient.toolCall(1, "test_elicitation_sep1034_defaults"));

            assertThat(course.asked()).isZero();
            assertThat(course.end().at("/result/isError").asBoolean()).isTrue();
            assertThat(course.end().at("/result/content/0/text").asText())
                    .contains("'elicitation/create' cannot be sent while serving a request on that revision");
            client.delete();
        }
    }

    private static Course go(McpClient client, String request) {
        var asked = 0;
        try (var stream = client.call(request)) {
            if (!stream.type().startsWith("text/event-stream")) {
                return new Course(0, json(stream.body()));
            }
            for (var event = 0; event < EVENTS; event++) {
                var data = stream.next().data();
                var message = json(data.isEmpty() ? "{}" : data);
                if (message.has("method") && message.has("id")) {
                    asked++;
                    client.post("{\"jsonrpc\":\"2.0\",\"id\":" + message.path("id") + ",\"result\":" + answer(message)
                            + "}");
                } else if (message.has("id")) {
                    return new Course(asked, message);
                }
            }
        }
        throw new AssertionError("no answer among the first " + EVENTS + " events");
    }

    private static String answer(JsonNode question) {
        return switch (question.path("method").asText()) {
            case "sampling/createMessage" ->
                "{\"role\":\"assistant\",\"content\":{\"type\":\"text\",\"text\":\"Paris\"},\"model\":\"test\"}";
            case "roots/list" -> "{\"roots\":[{\"uri\":\"file:///work\",\"name\":\"work\"}]}";
            case "elicitation/create" ->
                "{\"action\":\"accept\",\"content\":" + filled(question.at("/params/requestedSchema/properties")) + "}";
            default -> throw new AssertionError(question.toString());
        };
    }

    private static String filled(JsonNode properties) {
        var field = properties.fieldNames().next();
        return switch (field) {
            case "name" -> "{\"name\":\"Ann\"}";
            case "color" -> "{\"color\":\"blue\"}";
            case "context" -> "{\"context\":\"tests\"}";
            case "ok" -> "{\"ok\":true}";
            default -> throw new AssertionError(field);
        };
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException notJson) {
            throw new AssertionError(text, notJson);
        }
    }
}
