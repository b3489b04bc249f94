package gatehouse.session.call;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.session.mcp.Id;
import gatehouse.session.mcp.Message;
import org.junit.jupiter.api.Test;

class TranslationTest {

    private static final Message CALL =
            Message.request(new Id.Number(1), "tools/call", "{\"name\":\"x\",\"_meta\":{\"progressToken\":\"mine\"}}");
    private static final CallId OURS = new CallId("abc");

    private final Translation modern = Translation.modern(CALL, OURS);
    private final Translation legacy = Translation.legacy(CALL, OURS);

    private static Message progress(String token) {
        return Message.notification("notifications/progress", "{\"progress\":1,\"progressToken\":" + token + "}");
    }

    @Test
    void the_upstream_sees_an_id_of_ours() {
        assertThat(legacy.forward(CALL).id()).contains(new Id.Text("abc"));
    }

    @Test
    void a_modern_upstream_sees_a_token_of_ours_and_the_client_its_own() {
        assertThat(modern.forward(CALL).bytes().utf8String()).contains("\"progressToken\":\"abc\"");
        assertThat(modern.back(progress("\"abc\"")).bytes().utf8String()).contains("\"progressToken\":\"mine\"");
    }

    @Test
    void progress_of_somebody_else_has_no_business_here() {
        assertThat(modern.foreign(progress("\"mine\""))).isTrue();
        assertThat(legacy.foreign(progress("\"mine\""))).isFalse();
        assertThat(legacy.foreign(progress("7"))).isTrue();
    }

    @Test
    void the_answer_comes_back_under_the_clients_id_and_its_type() {
        var answer = Message.result(new Id.Text("abc"), "{}");

        assertThat(legacy.answers(answer)).isTrue();
        assertThat(legacy.back(answer).id()).contains(new Id.Number(1));
        assertThat(legacy.foreign(Message.result(new Id.Number(1), "{}"))).isTrue();
    }
}
