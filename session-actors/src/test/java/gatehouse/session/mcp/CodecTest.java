package gatehouse.session.mcp;

import static gatehouse.session.mcp.Samples.client;
import static gatehouse.session.mcp.Samples.raw;
import static gatehouse.session.mcp.Samples.upstream;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.session.mcp.Message.Kind;
import gatehouse.session.mcp.Reading.Malformed;
import gatehouse.session.mcp.Reading.Read;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodecTest {

    private final Codec codec = new Codec(Samples.LIMITS, Samples.UPSTREAM_LIMITS);

    @Test
    void a_request_from_an_agent_is_written_anew_on_one_line() {
        var message = client("""
                 { "jsonrpc" : "2.0",\r
                "id":7, "method":"tools\\/call","params":
                {"\\u006eame":"a\\nb","arguments":{"x":[1,2.50,1e3,-0,"\\u00e9","\\ud83d\\ude00"]}}}
                """);

        assertThat(message.bytes().utf8String())
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":"
                        + "{\"name\":\"a\\nb\",\"arguments\":{\"x\":[1,2.50,1e3,-0,\"é\",\"😀\"]}}}");
        assertThat(message.kind()).isEqualTo(Kind.REQUEST);
        assertThat(message.id()).contains(new Id.Number(7));
        assertThat(message.method()).isEqualTo("tools/call");
        assertThat(message.text(Place.PARAMS_NAME)).contains("a\nb");
        assertThat(raw(message, Place.PARAMS_ARGUMENTS)).isEqualTo("{\"x\":[1,2.50,1e3,-0,\"é\",\"😀\"]}");
        assertThat(raw(message, Place.ID)).isEqualTo("7");
    }

    @Test
    void a_message_from_an_upstream_keeps_its_bytes_but_for_line_ends() {
        var message = upstream("""
                {"jsonrpc":"2.0",\r
                 "id":"a", "result" : {"resultType":"compl\\u0065te",
                "x":1.0 }}
                """);

        assertThat(message.bytes().utf8String()).isEqualTo("""
                {"jsonrpc":"2.0",   "id":"a", "result" : {"resultType":"compl\\u0065te", "x":1.0 }}\s""");
        assertThat(message.kind()).isEqualTo(Kind.RESULT);
        assertThat(message.method()).isEmpty();
        assertThat(message.text(Place.RESULT_TYPE)).contains("complete");
        assertThat(raw(message, Place.RESULT_TYPE)).isEqualTo("\"compl\\u0065te\"");
        assertThat(message.id()).contains(new Id.Text("a"));
    }

    @Test
    void what_an_upstream_sent_is_not_changed_in_place() {
        var bytes = "{\"jsonrpc\":\"2.0\",\n\"method\":\"m\"}".getBytes(StandardCharsets.UTF_8);

        codec.fromUpstream(ByteString.fromArrayUnsafe(bytes));

        assertThat(bytes).contains('\n');
    }

    static List<String> borders() {
        return List.of(
                params("\"a\":" + "[".repeat(62) + "]".repeat(62)),
                params("\"a\":" + "1".repeat(64)),
                params("\"a\":[1e999,1E-999,1e+0000999,0.0,-0,1.5e3]"),
                params("\"a\":\"" + "x".repeat(1 << 20) + "\""),
                params("\"" + "n".repeat(256) + "\":1"),
                params("\"a\":[" + "1,".repeat(199_900) + "1]"),
                params("\"a\":\"\\u0000 \\\\ud83d \\ud83d\\ude00 \ufeff \u2028 \uffff\""),
                params("\"arguments\":{\"Name\":1,\"name\":2,\"ID\":3,\"\":4}"),
                params("\"title\":\"\",\"mane\":1,\"\u540d\u524d\":2,\"na\u0301me\":3"),
                params("\"_meta\":null"),
                "{\"jsonrpc\":\"2.0\",\"id\":9007199254740991,\"method\":\"m\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":-9007199254740991,\"method\":\"m\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"m\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":\"\",\"method\":\"m\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":\"" + "i".repeat(128) + "\",\"method\":\"m\"}",
                "{\"jsonrpc\":\"2.0\",\"method\":\"" + "m".repeat(128) + "\"}",
                "{\"jsonrpc\":\"2.0\",\"method\":\"$ext/x.y_z-1\",\"id\":1,\"params\":{}}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32602,\"message\":\"\",\"data\":null,\"more\":1}}");
    }

    @ParameterizedTest
    @MethodSource("borders")
    void what_is_just_within_the_rules_is_read(String json) {
        assertThat(codec.fromClient(ByteString.fromString(json))).isInstanceOf(Read.class);
        assertThat(codec.fromUpstream(ByteString.fromString(json))).isInstanceOf(Read.class);
    }

    @Test
    void an_upstream_may_send_more_than_an_agent() {
        var large = ByteString.fromString(params("\"a\":\"" + "x".repeat(4 << 20) + "\""));

        assertThat(codec.fromUpstream(large)).isInstanceOf(Read.class);
        assertThat(codec.fromClient(large)).isInstanceOf(Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"id\":null,", ""})
    void only_an_upstream_may_send_an_error_that_belongs_to_nothing(String id) {
        var error =
                ByteString.fromString("{\"jsonrpc\":\"2.0\"," + id + "\"error\":{\"code\":-32700,\"message\":\"x\"}}");

        assertThat(Samples.read(codec.fromUpstream(error)).id()).isEmpty();
        assertThat(codec.fromClient(error)).isInstanceOf(Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"jsonrpc\":\"1.0\",\"id\":\"x\",\"method\":\"m\"}",
                "{\"jsonrpc\":\"2.0\",\"method\":\"m\",\"extra\":1,\"id\":\"x\"}",
                "{\"jsonrpc\":\"2.0\",\"params\":{\"Name\":1},\"id\":\"x\",\"method\":\"m\"}",
                "{\"jsonrpc\":\"2.0\",\"params\":{\"a\":1e1000},\"id\":\"x\",\"method\":\"m\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":\"x\",\"method\":\"m\",\"params\":{\"a\":1,\"a\":1}}",
                "{\"jsonrpc\":\"2.0\",\"id\":\"x\",\"method\":\"m\",\"params\":{\"a\":11111111111111111111"
                        + "111111111111111111111111111111111111111111111}}",
                "{\"jsonrpc\":\"2.0\",\"id\":\"x\",\"method\":\"m\",\"params\":[]}"
            })
    void a_refused_request_is_answered_under_its_id(String json) {
        var malformed = (Malformed) codec.fromClient(ByteString.fromString(json));

        assertThat(malformed.id()).contains(new Id.Text("x"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\"}]",
                "{\"id\":1,",
                "{\"id\":1,\"id\":2}",
                "{\"id\":1,\"params\":{",
                "7"
            })
    void where_no_single_id_can_be_read_none_is_echoed(String json) {
        var malformed = (Malformed) codec.fromClient(ByteString.fromString(json));

        assertThat(malformed.id()).isEmpty();
    }

    @Test
    void one_document_full_of_strange_names_does_not_spoil_the_next() {
        var names = new StringBuilder();
        for (int i = 0; i < 90_000; i++) {
            names.append(i == 0 ? "" : ",").append("\"n").append(i * 7919L).append("\":0");
        }
        for (int round = 0; round < 3; round++) {
            codec.fromClient(ByteString.fromString(params("\"arguments\":{" + names + "}")));
        }

        assertThat(codec.fromClient(ByteString.fromString(Samples.call(1024)))).isInstanceOf(Read.class);
    }

    private static String params(String members) {
        return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{" + members + "}}";
    }
}
