package gatehouse.session.crossing.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.session.crossing.legacy.Annotations.Annotation;
import gatehouse.session.upstream.Header;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnnotationsTest {

    private static final List<Annotation> REGION = List.of(new Annotation(List.of("region"), "Region"));

    @Test
    void annotations_are_found_at_any_depth_below_properties() {
        var schema = "{\"type\":\"object\",\"properties\":{"
                + "\"region\":{\"type\":\"string\",\"x-mcp-header\":\"Region\"},"
                + "\"deep\":{\"type\":\"object\",\"properties\":{\"n\":{\"x-mcp-header\":\"N\",\"type\":\"integer\"}}}}}";

        assertThat(Annotations.of(schema))
                .contains(List.of(
                        new Annotation(List.of("region"), "Region"), new Annotation(List.of("deep", "n"), "N")));
    }

    @Test
    void a_schema_without_annotations_has_none() {
        assertThat(Annotations.of("{\"type\":\"object\"}")).contains(List.of());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"x-mcp-header\":\"A\",\"type\":\"string\"}",
                "{\"properties\":{\"a\":{\"type\":\"number\",\"x-mcp-header\":\"A\"}}}",
                "{\"properties\":{\"a\":{\"type\":\"object\",\"x-mcp-header\":\"A\"}}}",
                "{\"properties\":{\"a\":{\"x-mcp-header\":\"A\"}}}",
                "{\"properties\":{\"a\":{\"type\":\"string\",\"x-mcp-header\":\"\"}}}",
                "{\"properties\":{\"a\":{\"type\":\"string\",\"x-mcp-header\":\"A B\"}}}",
                "{\"properties\":{\"a\":{\"type\":\"string\",\"x-mcp-header\":\"A\\r\\nB: c\"}}}",
                "{\"properties\":{\"a\":{\"type\":\"string\",\"x-mcp-header\":7}}}",
                "{\"properties\":{\"a\":{\"type\":\"string\",\"x-mcp-header\":\"A\"},\"b\":{\"type\":\"string\",\"x-mcp-header\":\"a\"}}}",
                "{\"properties\":{\"a\":{\"type\":\"array\",\"items\":{\"type\":\"string\",\"x-mcp-header\":\"A\"}}}}",
                "{\"allOf\":[{\"properties\":{\"a\":{\"type\":\"string\",\"x-mcp-header\":\"A\"}}}]}",
                "{\"$defs\":{\"d\":{\"type\":\"string\",\"x-mcp-header\":\"A\"}}}",
                "{\"additionalProperties\":{\"type\":\"string\",\"x-mcp-header\":\"A\"}}"
            })
    void a_tool_is_no_tool_with_an_annotation_that_two_readers_could_understand_differently(String schema) {
        assertThat(Annotations.of(schema)).isEmpty();
    }

    /// It is data, or the name of an argument.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"properties\":{\"x-mcp-header\":{\"type\":\"string\"}}}",
                "{\"properties\":{\"a\":{\"type\":\"object\",\"default\":{\"x-mcp-header\":\"A\"}}}}",
                "{\"description\":\"about x-mcp-header\"}"
            })
    void not_everything_that_is_called_so_is_an_annotation(String schema) {
        assertThat(Annotations.of(schema)).contains(List.of());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"region\":\"eu\"}|eu",
                "{\"region\":\"Zürich\"}|=?base64?WsO8cmljaA==?=",
                "{\"region\":\" eu\"}|=?base64?IGV1?=",
                "{\"region\":42}|42",
                "{\"region\":42.0}|42",
                "{\"region\":-7}|-7",
                "{\"region\":true}|true"
            })
    void an_argument_is_repeated_as_headers_write_it(String arguments, String header) {
        var headers = Annotations.headers(REGION, arguments);

        assertThat(headers).extracting(Header::name).containsExactly("Mcp-Param-Region");
        assertThat(headers).extracting(Header::value).containsExactly(header);
    }

    @Test
    void an_empty_text_is_an_empty_header() {
        assertThat(Annotations.headers(REGION, "{\"region\":\"\"}"))
                .extracting(Header::value)
                .containsExactly("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"region\":null}", "{\"region\":{}}", "{\"region\":1.5}", "[]"})
    void what_is_not_there_or_cannot_be_repeated_is_left_out(String arguments) {
        assertThat(Annotations.headers(REGION, arguments)).isEmpty();
    }
}
