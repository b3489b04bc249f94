package gatehouse.session.mcp;

import static gatehouse.session.mcp.Samples.client;
import static gatehouse.session.mcp.Samples.raw;
import static gatehouse.session.mcp.Samples.upstream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gatehouse.session.mcp.Message.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageTest {

    private final Message bare = client("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"m\"}");

    @Test
    void values_are_replaced_where_they_stand() {
        var message = client("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"m\",\"params\":"
                        + "{\"name\":\"n\",\"_meta\":{\"progressToken\":1},\"uri\":\"u\"}}")
                .withText(Place.PARAMS_NAME, "a \"longer\" one")
                .with(Place.META_PROGRESS_TOKEN, " \"t\"\n")
                .withId(new Id.Text("i"));

        assertThat(message.bytes().utf8String())
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":\"i\",\"method\":\"m\",\"params\":"
                        + "{\"name\":\"a \\\"longer\\\" one\",\"_meta\":{\"progressToken\":\"t\"},\"uri\":\"u\"}}");
        assertThat(message.text(Place.PARAMS_NAME)).contains("a \"longer\" one");
        assertThat(message.text(Place.META_PROGRESS_TOKEN)).contains("t");
        assertThat(message.text(Place.PARAMS_URI)).contains("u");
        assertThat(message.id()).contains(new Id.Text("i"));
    }

    @Test
    void what_stands_there_already_costs_no_copy() {
        var message = bare.withText(Place.PARAMS_NAME, "n");

        assertThat(message.withText(Place.PARAMS_NAME, "n")).isSameAs(message);
        assertThat(message.withId(new Id.Number(7))).isSameAs(message);
        assertThat(message.withId(new Id.Text("7"))).isNotEqualTo(message);
        assertThat(message.withId(new Id.Number(71)).id()).contains(new Id.Number(71));
    }

    @Test
    void parents_are_made_where_they_may_be() {
        var message = bare.withText(Place.META_PROTOCOL_VERSION, "v");

        assertThat(message.bytes().utf8String())
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"m\",\"params\":"
                        + "{\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"v\"}}}");
        assertThat(message.text(Place.META_PROTOCOL_VERSION)).contains("v");
    }

    @Test
    void a_null_meta_gives_way_to_an_object() {
        var message = upstream("{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{ \"_meta\" : null }}")
                .with(Place.RESULT_META_SERVER_INFO, "{\"name\":\"g\"}");

        assertThat(raw(message, Place.RESULT))
                .isEqualTo("{ \"_meta\" : {\"io.modelcontextprotocol/serverInfo\":{\"name\":\"g\"}} }");
    }

    @Test
    void places_within_a_new_value_are_found() {
        var message = bare.with(Place.PARAMS, "{\"name\":\"n\",\"_meta\":{\"progressToken\":5}}");

        assertThat(message.text(Place.PARAMS_NAME)).contains("n");
        assertThat(raw(message, Place.META_PROGRESS_TOKEN)).isEqualTo("5");
        assertThat(message.with(Place.PARAMS, "{}").has(Place.PARAMS_NAME)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PARAMS_NAME|{ \"uri\" : 2 , \"level\" : 3 }",
                "PARAMS_URI|{ \"name\" : 1 , \"level\" : 3 }",
                "PARAMS_LEVEL|{ \"name\" : 1 , \"uri\" : 2  }",
                "PARAMS_CURSOR|{ \"name\" : 1 , \"uri\" : 2 , \"level\" : 3 }"
            })
    void a_member_leaves_with_its_comma(Place place, String left) {
        var message = upstream("""
                {"jsonrpc":"2.0","method":"m","params":{ "name" : 1 , "uri" : 2 , "level" : 3 }}""").without(place);

        assertThat(raw(message, Place.PARAMS).replaceAll(" +", " ")).isEqualTo(left.replaceAll(" +", " "));
        assertThat(message.has(place)).isFalse();
    }

    @Test
    void leaving_and_entering_again_comes_to_the_same() {
        var message = bare.withText(Place.META_TRACEPARENT, "t");

        assertThat(message.without(Place.META_TRACEPARENT).withText(Place.META_TRACEPARENT, "t"))
                .isEqualTo(message)
                .hasSameHashCodeAs(message);
        assertThat(message.without(Place.META_TRACEPARENT)
                        .without(Place.PARAMS_META)
                        .without(Place.PARAMS))
                .isEqualTo(bare);
    }

    @Test
    void no_edit_can_break_a_message() {
        assertThatThrownBy(() -> bare.with(Place.PARAMS, "{}}")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> bare.with(Place.PARAMS, "{},\"x\":1")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> bare.with(Place.PARAMS, "")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> bare.with(Place.PARAMS, "[]")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> bare.with(Place.PARAMS_NAME, "bare")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> bare.with(Place.PARAMS, "{\"Name\":1}")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> bare.with(Place.RESULT, "{}")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> bare.with(Place.RESULT_TYPE, "1")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> bare.with(Place.ID, "null")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> bare.with(Place.ROOT, "{}")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> bare.with(Place.ELSEWHERE, "{}")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> bare.without(Place.METHOD)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> bare.without(Place.JSONRPC)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void our_own_messages_have_the_four_shapes() {
        var id = new Id.Text("a\"b");

        assertThat(Message.request(id, "m", "{\"name\":\"n\"}").bytes().utf8String())
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":\"a\\\"b\",\"method\":\"m\",\"params\":{\"name\":\"n\"}}");
        assertThat(Message.notification("m", "{}").kind()).isEqualTo(Kind.NOTIFICATION);
        assertThat(Message.result(id, "{ }").bytes().utf8String())
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":\"a\\\"b\",\"result\":{}}");
        assertThat(Message.error(new Id.Number(1), -32601, "no \"m\"").bytes().utf8String())
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32601,\"message\":\"no \\\"m\\\"\"}}");
        assertThat(Message.error(-32600, "x", "{\"a\":1}").bytes().utf8String()).isEqualTo("""
                {"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"x","data":{"a":1}}}""");
        assertThat(Message.error(id, 1, "x", "null").withId(new Id.Number(2)).id())
                .contains(new Id.Number(2));
    }

    @Test
    void an_answer_to_nothing_can_be_given_an_id() {
        var error = upstream("{\"jsonrpc\":\"2.0\",\"error\":{\"code\":1,\"message\":\"x\"}}");

        assertThat(error.withId(new Id.Number(3)).id()).contains(new Id.Number(3));
        assertThat(Message.error(1, "x").withId(new Id.Number(3)).id()).contains(new Id.Number(3));
    }

    @Test
    void ids_keep_their_kind() {
        assertThat(client("{\"jsonrpc\":\"2.0\",\"id\":\"7\",\"method\":\"m\"}").id())
                .contains(new Id.Text("7"));
        assertThat(bare.id()).contains(new Id.Number(7));
        assertThat(new Id.Text("7")).isNotEqualTo(new Id.Number(7));
        assertThatThrownBy(() -> new Id.Number(1L << 53)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Id.Text("i".repeat(129))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nothing_of_the_content_shows_in_a_log() {
        var message = bare.withText(Place.PARAMS_NAME, "secret");

        assertThat(message.toString()).isEqualTo("REQUEST m of 64 bytes");
    }
}
