package gatehouse.session.crossing.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.session.lifecycle.Leg;
import gatehouse.session.mcp.Dialect;
import gatehouse.session.mcp.Id;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Place;
import gatehouse.session.upstream.Reply;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

class GreetingTest {

    private static final Id ID = new Id.Text("open");

    private static Message discovered(String capabilities, String more) {
        return Message.result(
                ID,
                "{\"resultType\":\"complete\",\"supportedVersions\":[\"2026-07-28\"],\"capabilities\":" + capabilities
                        + ",\"ttlMs\":1,\"cacheScope\":\"public\"" + more + "}");
    }

    private static Reply.Single answered(Dialect dialect, Message discovered) {
        return (Reply.Single) Greeting.answered(dialect, discovered);
    }

    @Test
    void a_client_is_greeted_in_its_own_revision_with_what_the_upstream_is_and_has() {
        var single = answered(
                Dialect.V2025_06_18,
                discovered(
                        "{\"tools\":{\"listChanged\":true},\"resources\":{\"subscribe\":true},\"logging\":{},\"completions\":{}}",
                        ",\"instructions\":\"be kind\",\"_meta\":{\"io.modelcontextprotocol/serverInfo\":{\"name\":\"up\",\"version\":\"3\"}}"));

        assertThat(single.message().raw(Place.RESULT).map(ByteString::utf8String))
                .contains("{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{\"tools\":{\"listChanged\":true},"
                        + "\"resources\":{\"subscribe\":true},\"logging\":{},\"completions\":{}},"
                        + "\"serverInfo\":{\"name\":\"up\",\"version\":\"3\"},\"instructions\":\"be kind\"}");
        assertThat(new Leg(single.session(), "2025-06-18").modern()).isTrue();
    }

    @Test
    void an_upstream_without_a_name_is_greeted_for_by_the_gateway() {
        var single = answered(Dialect.V2025_11_25, discovered("{}", ""));

        assertThat(single.message().raw(Place.RESULT_SERVER_INFO).map(ByteString::utf8String))
                .contains("{\"name\":\"Gatehouse\",\"version\":\"1\"}");
    }

    @Test
    void an_error_opens_no_leg() {
        var single = answered(Dialect.V2025_11_25, Message.error(ID, -32603, "down"));

        assertThat(single.message().kind()).isEqualTo(Message.Kind.ERROR);
        assertThat(single.session()).isEmpty();
    }
}
