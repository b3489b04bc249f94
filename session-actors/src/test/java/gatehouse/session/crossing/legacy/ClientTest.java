package gatehouse.session.crossing.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.session.lifecycle.Change;
import gatehouse.session.mcp.Id;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Place;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

class ClientTest {

    private static final Message CALL = Message.request(
            new Id.Number(1),
            "tools/call",
            "{\"name\":\"echo\",\"_meta\":{\"progressToken\":7,\"traceparent\":\"00-a\","
                    + "\"io.modelcontextprotocol/logLevel\":\"debug\"}}");

    @Test
    void a_request_is_wrapped_in_what_its_session_said() {
        var session = Fronting.session("2025-11-25", "{\"sampling\":{\"tools\":{}}}")
                .after(new Change.Level("warning"), Fronting.BOUNDS);

        var wrapped = Client.of(session).enveloped(CALL, new Id.Text("mine"), "\"token\"", false);

        assertThat(wrapped.id()).contains(new Id.Text("mine"));
        assertThat(raw(wrapped, Place.PARAMS_META))
                .isEqualTo("{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                        + "\"io.modelcontextprotocol/clientCapabilities\":{\"sampling\":{\"tools\":{}}},"
                        + "\"io.modelcontextprotocol/clientInfo\":{\"name\":\"old\",\"version\":\"1\"},"
                        + "\"io.modelcontextprotocol/logLevel\":\"warning\","
                        + "\"progressToken\":\"token\",\"traceparent\":\"00-a\"}");
    }

    @Test
    void a_client_that_set_no_level_and_wants_no_progress_gets_none() {
        var bare = Message.request(new Id.Number(1), "tools/list", "{}");

        var wrapped = Fronting.client("2025-06-18", "{}").enveloped(bare, new Id.Number(2), "", false);

        assertThat(raw(wrapped, Place.PARAMS_META)).doesNotContain("logLevel").doesNotContain("progressToken");
    }

    @Test
    void capabilities_are_those_the_modern_era_knows() {
        var client = Fronting.client(
                "2025-11-25",
                "{\"roots\":{\"listChanged\":true},\"elicitation\":{},\"tasks\":{\"list\":{}},\"experimental\":{\"x\":{}},"
                        + "\"extensions\":{\"io.modelcontextprotocol/ui\":{},\"io.modelcontextprotocol/tasks\":{}}}");

        assertThat(client.modernCapabilities(false))
                .isEqualTo("{\"roots\":{},\"elicitation\":{},\"experimental\":{\"x\":{}},"
                        + "\"extensions\":{\"io.modelcontextprotocol/ui\":{}}}");
        assertThat(client.modernCapabilities(true)).contains("\"io.modelcontextprotocol/tasks\":{}");
    }

    @Test
    void an_empty_elicitation_means_forms_alone() {
        var forms = Fronting.client("2025-11-25", "{\"elicitation\":{}}");
        var pages = Fronting.client("2025-11-25", "{\"elicitation\":{\"url\":{}}}");
        var neither = Fronting.client("2025-11-25", "{}");

        assertThat(forms.fillsForms()).isTrue();
        assertThat(forms.visitsUrls()).isFalse();
        assertThat(pages.fillsForms()).isFalse();
        assertThat(pages.visitsUrls()).isTrue();
        assertThat(neither.fillsForms() || neither.visitsUrls()).isFalse();
    }

    private static String raw(Message message, Place place) {
        return message.raw(place).map(ByteString::utf8String).orElse("");
    }
}
