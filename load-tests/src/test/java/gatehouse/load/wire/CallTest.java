package gatehouse.load.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

class CallTest {
    private final Target target = Target.at("echo", URI.create("http://127.0.0.1:9/"), Key.NONE);
    private final Call call = new Call(new Session(new Script(target, Era.LEGACY), "s"), 1024);

    @Test
    void each_stamp_changes_id_and_text_but_no_length() {
        var first = new String(call.stamped(1), UTF_8);
        var second = new String(call.stamped(23), UTF_8);

        assertThat(second).hasSameSizeAs(first).contains("\"id\":1000000023").contains("\"text\":\"1000000023x");
    }

    @Test
    void only_the_echo_of_this_very_call_is_an_answer() {
        call.stamped(7);

        assertThat(call.answeredBy(reply(200, "{\"id\":1000000007,\"text\":\"1000000007xx\"}")))
                .isTrue();
        assertThat(call.answeredBy(reply(200, "{\"id\":1000000007,\"text\":\"1000000008xx\"}")))
                .isFalse();
        assertThat(call.answeredBy(reply(500, "{\"id\":1000000007,\"text\":\"1000000007xx\"}")))
                .isFalse();
        assertThat(call.answeredBy(reply(200, "{\"id\":1000000007,\"isError\":true,\"text\":\"1000000007\"}")))
                .isFalse();
    }

    @Test
    void a_list_is_answered_by_whatever_has_its_id() {
        var list = Call.ofList(new Session(new Script(target, Era.MODERN), ""));

        var request = new String(list.stamped(7), UTF_8);

        assertThat(request)
                .contains("\"id\":1000000007,\"method\":\"tools/list\"")
                .contains("Mcp-Method: tools/list");
        assertThat(list.answeredBy(reply(200, "{\"result\":{},\"id\":1000000007}")))
                .isTrue();
        assertThat(list.answeredBy(reply(200, "{\"result\":{},\"id\":1000000008}")))
                .isFalse();
    }

    private static Reply reply(int status, String body) {
        return new Reply("HTTP/1.1 " + status + " X\r\n\r\n", body.getBytes(UTF_8));
    }
}
