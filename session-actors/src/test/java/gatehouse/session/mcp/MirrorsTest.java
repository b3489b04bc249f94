package gatehouse.session.mcp;

import static gatehouse.session.mcp.Samples.client;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MirrorsTest {

    private static final Message CALL = modern("tools/call", "\"name\":\"Search\"");

    private final Map<String, List<String>> headers = new HashMap<>(Map.of(
            Mirrors.VERSION, List.of("2026-07-28"),
            Mirrors.METHOD, List.of("tools/call"),
            Mirrors.NAME, List.of("Search")));

    @Test
    void headers_that_repeat_the_body_agree() {
        assertThat(check(CALL)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MCP-Protocol-Version|2025-11-25|MCP-Protocol-Version differs from params._meta.io.modelcontext"
                        + "protocol/protocolVersion of the body",
                "Mcp-Method|tools/list|Mcp-Method differs from method of the body",
                "Mcp-Method|TOOLS/CALL|Mcp-Method differs from method of the body",
                "Mcp-Name|search|Mcp-Name differs from params.name of the body",
                "Mcp-Name|''|Mcp-Name differs from params.name of the body",
                "Mcp-Name|Search, Search|Mcp-Name differs from params.name of the body"
            })
    void a_header_that_says_otherwise_is_told_apart(String header, String value, String problem) {
        headers.put(header, List.of(value));

        assertThat(check(CALL)).contains(problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {Mirrors.VERSION, Mirrors.METHOD, Mirrors.NAME})
    void a_missing_or_repeated_header_is_told(String header) {
        headers.remove(header);
        assertThat(check(CALL)).contains(header + " is missing");

        headers.put(header, List.of("a", "a"));
        assertThat(check(CALL)).contains(header + " is given 2 times");
    }

    @Test
    void version_is_looked_at_before_method_and_method_before_name() {
        headers.clear();
        assertThat(check(CALL)).contains("MCP-Protocol-Version is missing");
        headers.put(Mirrors.VERSION, List.of("2026-07-28"));
        assertThat(check(CALL)).contains("Mcp-Method is missing");
        headers.put(Mirrors.METHOD, List.of("tools/call"));
        assertThat(check(CALL)).contains("Mcp-Name is missing");
    }

    @Test
    void blanks_around_a_value_do_not_count() {
        headers.put(Mirrors.NAME, List.of(" \tSearch\t "));

        assertThat(check(CALL)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "prompts/get|\"name\":\"x\"|x",
                "resources/read|\"uri\":\"file:///a\"|file:///a",
                "tasks/get|\"taskId\":\"t\"|t",
                "tasks/update|\"taskId\":\"t\"|t",
                "tasks/cancel|\"taskId\":\"t\"|t"
            })
    void what_the_name_repeats_depends_on_the_method(String method, String params, String name) {
        headers.put(Mirrors.METHOD, List.of(method));
        headers.put(Mirrors.NAME, List.of(name));
        assertThat(check(modern(method, params))).isEmpty();

        headers.put(Mirrors.NAME, List.of(name + "y"));
        assertThat(check(modern(method, params))).isPresent();
    }

    @Test
    void a_method_that_names_nothing_needs_no_name() {
        headers.put(Mirrors.METHOD, List.of("tools/list"));
        headers.remove(Mirrors.NAME);

        assertThat(check(modern("tools/list", "\"cursor\":\"\""))).isEmpty();
    }

    @Test
    void a_notification_may_be_silent_about_its_method_but_not_wrong() {
        var notification = client("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/x\",\"params\":{\"_meta\":"
                + "{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\"}}}");
        assertThat(check(notification)).contains("Mcp-Method differs from method of the body");

        headers.remove(Mirrors.METHOD);
        assertThat(check(notification)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=?base64?w6k?=", // é without padding
                "=?base64?w6k==?=",
                "=?base64?w6l=?=", // stray bits
                "=?base64?w6 k=?=",
                "=?base64?w-k=?=",
                "=?base64?/w==?=", // no UTF-8
                "=?base64?wIA=?=",
                "é",
                "a\u0000",
                "a\nb",
                "a\u007f"
            })
    void a_malformed_value_is_told(String value) {
        headers.put(Mirrors.NAME, List.of(value));

        assertThat(check(CALL).orElseThrow()).startsWith("Mcp-Name holds characters or an encoding");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "",
                "two words",
                "tab\tinside",
                " leading",
                "trailing ",
                "\t",
                "é",
                "日本語",
                "😀",
                "line\nend",
                "\u0000",
                "=?base64?eA==?=",
                "=?base64??=",
                "=?base64?",
                "=?base64?=",
                "=?BASE64?eA==?=",
                "file:///a?b=c"
            })
    void what_is_sent_to_an_upstream_would_be_let_through_here(String name) {
        var message = modern("tools/call", "\"name\":" + Json.quote(name));
        var sent = Mirrors.headers(message);

        assertThat(sent.keySet()).containsExactly(Mirrors.VERSION, Mirrors.METHOD, Mirrors.NAME);
        assertThat(sent.get(Mirrors.NAME))
                .matches("[ -~\t]*")
                .doesNotStartWith(" ")
                .doesNotEndWith(" ");
        assertThat(Mirrors.check(
                        message,
                        header -> Optional.ofNullable(sent.get(header)).stream().toList()))
                .isEmpty();
    }

    @Test
    void only_what_headers_cannot_carry_is_encoded() {
        assertThat(Mirrored.encode("file:///a b")).isEqualTo("file:///a b");
        assertThat(Mirrored.encode("é")).isEqualTo("=?base64?w6k=?=");
        assertThat(Mirrored.encode("=?base64?eA==?=")).isEqualTo("=?base64?PT9iYXNlNjQ/ZUE9PT89?=");
        assertThat(Mirrored.encode("=?base64?=")).isEqualTo("=?base64?=");
    }

    @Test
    void a_mirrored_argument_only_has_to_be_readable() {
        assertThat(Mirrors.checkParam("Mcp-Param-Region", List.of("eu west"))).isEmpty();
        assertThat(Mirrors.checkParam("Mcp-Param-Region", List.of(""))).isEmpty();
        assertThat(Mirrors.checkParam("Mcp-Param-Region", List.of("=?base64?w6k=?=")))
                .isEmpty();
        assertThat(Mirrors.checkParam("Mcp-Param-Region", List.of("=?base64?w6k?=")))
                .isPresent();
        assertThat(Mirrors.checkParam("Mcp-Param-Region", List.of("x".repeat(8192))))
                .isEmpty();
        assertThat(Mirrors.checkParam("Mcp-Param-Region", List.of("x".repeat(8193))))
                .isPresent();
        assertThat(Mirrors.checkParam("Mcp-Param-Region", List.of("a", "a")))
                .contains("Mcp-Param-Region is given 2 times");
    }

    private Optional<String> check(Message message) {
        return Mirrors.check(message, header -> headers.getOrDefault(header, List.of()));
    }

    private static Message modern(String method, String params) {
        return client("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":{" + params
                + ",\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\"}}}");
    }
}
