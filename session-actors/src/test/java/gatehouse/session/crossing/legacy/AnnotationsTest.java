package gatehouse.session.crossing.legacy;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.session.crossing.legacy.Annotations.Annotation;
import gatehouse.session.upstream.Header;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnnotationsTest {

    private static final String ANNOTATED = "{\"type\":\"string\",\"x-mcp-header\":\"Region\"}";
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

    @Test
    void a_tool_has_as_many_annotations_as_a_call_can_bear_and_no_more() {
        assertThat(Annotations.of(annotated(64)).orElseThrow()).hasSize(64);
        assertThat(Annotations.of(annotated(65))).isEmpty();
        assertThat(Annotations.of("{\"properties\":{\"o\":" + annotated(40) + ",\"p\":"
                        + annotated(40).replace("\"H", "\"P") + "}}"))
                .isEmpty();
    }

    @Test
    void annotations_are_searched_eight_levels_deep_and_what_is_deeper_is_ambiguous() {
        assertThat(Annotations.of(nested(8, ANNOTATED))).isPresent();
        assertThat(Annotations.of(nested(9, ANNOTATED))).isEmpty();
        assertThat(Annotations.of(nested(28, ANNOTATED))).isEmpty();
    }

    @Test
    void what_is_deep_and_has_no_annotation_is_in_nobodys_way() {
        var plain = "{\"properties\":{\"plain\":" + nested(28, "{}") + ",\"region\":" + ANNOTATED + "}}";

        assertThat(Annotations.of(plain)).contains(REGION);
        assertThat(Annotations.of(nested(7, plain)).orElseThrow()).hasSize(1);
    }

    @Test
    void a_schema_too_large_to_search_is_ambiguous_unless_it_cannot_have_annotations() {
        var padding = ",\"description\":\"" + "x".repeat(256 * 1024) + "\"}";

        assertThat(Annotations.of("{\"properties\":{\"region\":" + ANNOTATED + "}" + padding))
                .isEmpty();
        assertThat(Annotations.of("{\"properties\":{}" + padding)).contains(List.of());
    }

    @Test
    void an_argument_with_a_name_too_long_to_remember_makes_no_tool() {
        assertThat(Annotations.of("{\"properties\":{\"" + "a".repeat(257) + "\":" + ANNOTATED + "}}"))
                .isEmpty();
    }

    /// Reading a megabyte once for each of them would take minutes.
    @Test
    @Timeout(20)
    void arguments_are_read_once_however_many_of_them_are_repeated() {
        var annotations = IntStream.range(0, 28_000)
                .mapToObj(i -> new Annotation(List.of("o", "a" + i), "H" + i))
                .toList();
        var arguments = IntStream.range(0, 80_000)
                .mapToObj(i -> "\"m%d\":[%d]".formatted(i, i))
                .collect(joining(",", "{", ",\"o\":{\"a7\":\"v\"}}"));

        assertThat(Annotations.headers(annotations, arguments)).containsExactly(new Header("Mcp-Param-H7", "v"));
    }

    @Test
    void arguments_at_different_depths_are_all_repeated() {
        var annotations = List.of(
                new Annotation(List.of("o", "n"), "N"),
                new Annotation(List.of("region"), "Region"),
                new Annotation(List.of("o", "p", "m"), "M"),
                new Annotation(List.of("o", "gone"), "Gone"));

        assertThat(Annotations.headers(annotations, "{\"region\":\"eu\",\"o\":{\"n\":1,\"p\":{\"m\":true}}}"))
                .containsExactlyInAnyOrder(
                        new Header("Mcp-Param-N", "1"),
                        new Header("Mcp-Param-Region", "eu"),
                        new Header("Mcp-Param-M", "true"));
    }

    @ParameterizedTest
    @Timeout(20)
    @ValueSource(strings = {"1e2147483647", "1e99999999999", "-1E+2147483646", "1e-99999999999"})
    void a_number_with_more_digits_than_anybody_could_write_is_left_out(String number) {
        assertThat(Annotations.headers(REGION, "{\"region\":" + number + "}")).isEmpty();
    }

    private static String annotated(int arguments) {
        return IntStream.range(0, arguments)
                .mapToObj(i -> "\"a%d\":{\"type\":\"string\",\"x-mcp-header\":\"H%d\"}".formatted(i, i))
                .collect(joining(",", "{\"properties\":{", "}}"));
    }

    private static String nested(int levels, String schema) {
        return "{\"properties\":{\"a\":".repeat(levels) + schema + "}}".repeat(levels);
    }
}
