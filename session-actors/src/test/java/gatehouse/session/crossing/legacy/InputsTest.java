package gatehouse.session.crossing.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.session.mcp.Id;
import gatehouse.session.mcp.Members;
import gatehouse.session.mcp.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InputsTest {

    private static final String FORM =
            "{\"method\":\"elicitation/create\",\"params\":{\"message\":\"who?\",\"requestedSchema\":{}}}";
    private static final String PAGE = "{\"method\":\"elicitation/create\",\"params\":{\"mode\":\"url\","
            + "\"message\":\"go\",\"url\":\"https://example.org/\"}}";
    private static final String SAMPLING = "{\"method\":\"sampling/createMessage\",\"params\":{\"maxTokens\":1}}";
    private static final String ROOTS = "{\"method\":\"roots/list\"}";

    private static Inputs of(String version, String capabilities, String requests) {
        return Inputs.of(Fronting.client(version, capabilities), Members.of(requests));
    }

    @Test
    void what_the_client_declared_is_asked_as_it_stands() {
        var inputs =
                of("2025-11-25", Fronting.ASKABLE, "{\"a\":" + FORM + ",\"b\":" + SAMPLING + ",\"c\":" + ROOTS + "}");

        assertThat(inputs)
                .isInstanceOfSatisfying(
                        Inputs.Put.class,
                        put -> assertThat(put.questions())
                                .containsExactly(
                                        new Inputs.Question(
                                                "a",
                                                "elicitation/create",
                                                "{\"message\":\"who?\",\"requestedSchema\":{}}"),
                                        new Inputs.Question("b", "sampling/createMessage", "{\"maxTokens\":1}"),
                                        new Inputs.Question("c", "roots/list", "{}")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {FORM + "|elicitation", SAMPLING + "|sampling", ROOTS + "|roots"})
    void what_the_client_did_not_declare_is_not_asked(String question, String named) {
        var inputs = of("2025-11-25", "{}", "{\"a\":" + question + "}");

        assertThat(inputs)
                .isInstanceOfSatisfying(
                        Inputs.Unaskable.class,
                        unaskable -> assertThat(unaskable.refusal().text()).endsWith(named));
    }

    @Test
    void an_unknown_kind_is_no_question() {
        assertThat(of("2025-11-25", Fronting.ASKABLE, "{\"a\":{\"method\":\"tools/call\",\"params\":{}}}"))
                .isEqualTo(new Inputs.Unaskable(Trouble.badQuestion()));
    }

    @Test
    void a_page_to_visit_gets_the_name_that_2025_11_25_wants() {
        var inputs = of("2025-11-25", Fronting.ASKABLE, "{\"a\":" + PAGE + "}");

        assertThat(inputs)
                .isInstanceOfSatisfying(
                        Inputs.Put.class,
                        put -> assertThat(put.questions().getFirst().params())
                                .contains("\"url\":\"https://example.org/\"")
                                .containsPattern("\"elicitationId\":\"[0-9a-z]{20,}\""));
    }

    @Test
    void who_cannot_visit_a_page_in_mid_call_is_told_of_it_where_the_revision_has_words_for_that() {
        var newest = of("2025-11-25", "{\"elicitation\":{}}", "{\"a\":" + PAGE + "}");
        var older = of("2025-06-18", "{\"elicitation\":{}}", "{\"a\":" + PAGE + "}");

        assertThat(newest).isInstanceOfSatisfying(Inputs.Unaskable.class, unaskable -> {
            assertThat(unaskable.refusal().code()).isEqualTo(-32042);
            assertThat(unaskable.refusal().data())
                    .contains("\"elicitations\":[{")
                    .contains("\"elicitationId\"")
                    .contains("https://example.org/");
        });
        assertThat(older)
                .isInstanceOfSatisfying(
                        Inputs.Unaskable.class,
                        unaskable -> assertThat(unaskable.refusal().code()).isEqualTo(-32603));
    }

    @Test
    void an_answer_goes_back_as_it_came_and_a_failed_form_as_put_away() {
        var id = new Id.Number(1);
        var form = new Inputs.Question("a", "elicitation/create", "{}");
        var sampling = new Inputs.Question("b", "sampling/createMessage", "{}");

        assertThat(form.response(Message.result(id, "{\"action\":\"decline\"}")))
                .contains("{\"action\":\"decline\"}");
        assertThat(form.response(Message.error(id, -32603, "crashed"))).contains("{\"action\":\"cancel\"}");
        assertThat(sampling.response(Message.error(id, -1, "rejected"))).isEmpty();
    }
}
