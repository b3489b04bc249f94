package gatehouse.session.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gatehouse.session.mcp.Message.Kind;
import gatehouse.session.mcp.Reading.Read;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

class MessageTest {

    private final Codec codec = new Codec(new ReadLimits(64, 64, 1 << 20, 256, 1 << 22, 200_000));

    @Test
    void a_request_from_an_agent_is_written_anew_on_one_line() {
        var message = client(" { \"jsonrpc\" : \"2.0\",\r\n\"id\":7, \"method\":\"tools\\/call\",\"params\":{\"\\u006eame\":\"a\\nb\",\"arguments\":{\"x\":[1,2.50,1e3,\"\\u00e9\"]}}} ");

        assertThat(message.bytes().utf8String())
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"a\\nb\",\"arguments\":{\"x\":[1,2.50,1e3,\"é\"]}}}");
        assertThat(message.kind()).isEqualTo(Kind.REQUEST);
        assertThat(message.id()).contains(new Id.Number(7));
        assertThat(message.method()).isEqualTo("tools/call");
        assertThat(message.text(Place.PARAMS_NAME)).contains("a\nb");
        assertThat(raw(message, Place.PARAMS_ARGUMENTS)).isEqualTo("{\"x\":[1,2.50,1e3,\"é\"]}");
        assertThat(raw(message, Place.ID)).isEqualTo("7");
    }

    @Test
    void a_message_from_an_upstream_keeps_its_bytes_but_for_line_ends() {
        var message = upstream("{\"jsonrpc\":\"2.0\",\r\n \"id\":\"a\", \"result\" : {\"resultType\":\"compl\\u0065te\",\n\"x\": 1.0 }}\n");

        assertThat(message.bytes().utf8String())
                .isEqualTo("{\"jsonrpc\":\"2.0\",   \"id\":\"a\", \"result\" : {\"resultType\":\"compl\\u0065te\", \"x\": 1.0 }} ");
        assertThat(message.text(Place.RESULT_TYPE)).contains("complete");
        assertThat(raw(message, Place.RESULT_TYPE)).isEqualTo("\"compl\\u0065te\"");
        assertThat(message.id()).contains(new Id.Text("a"));
    }

    @Test
    void a_value_is_replaced_where_it_stands() {
        var message = client("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"m\",\"params\":{\"name\":\"n\",\"_meta\":{\"progressToken\":1}}}")
                .withText(Place.PARAMS_NAME, "longer")
                .with(Place.META_PROGRESS_TOKEN, " \"t\" ")
                .withId(new Id.Text("i"));

        assertThat(message.bytes().utf8String())
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":\"i\",\"method\":\"m\",\"params\":{\"name\":\"longer\",\"_meta\":{\"progressToken\":\"t\"}}}");
        assertThat(message.text(Place.PARAMS_NAME)).contains("longer");
        assertThat(message.text(Place.META_PROGRESS_TOKEN)).contains("t");
        assertThat(message.id()).contains(new Id.Text("i"));
    }

    @Test
    void parents_are_made_where_they_may_be() {
        var message = client("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"m\"}").withText(Place.META_PROTOCOL_VERSION, "v");

        assertThat(message.bytes().utf8String())
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"m\",\"params\":{\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"v\"}}}");
        assertThat(message.text(Place.META_PROTOCOL_VERSION)).contains("v");
        assertThat(message.without(Place.META_PROTOCOL_VERSION).without(Place.PARAMS_META).without(Place.PARAMS))
                .isEqualTo(client("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"m\"}"));
    }

    private static String raw(Message message, Place place) {
        return message.raw(place).map(ByteString::utf8String).orElse("");
    }

    private Message client(String json) {
        return ((Read) codec.fromClient(ByteString.fromString(json))).message();
    }

    private Message upstream(String json) {
        return ((Read) codec.fromUpstream(ByteString.fromString(json))).message();
    }
}
