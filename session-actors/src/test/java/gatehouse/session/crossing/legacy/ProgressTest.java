package gatehouse.session.crossing.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.session.mcp.Id;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Place;
import java.util.Optional;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private final Progress progress =
            new Progress(Message.request(new Id.Number(1), "tools/call", "{\"_meta\":{\"progressToken\":7}}"));

    private static Message told(String token, String value) {
        return Message.notification(
                "notifications/progress", "{\"progressToken\":" + token + ",\"progress\":" + value + "}");
    }

    @Test
    void progress_comes_back_under_the_clients_own_token() {
        progress.next("\"a\"");

        assertThat(progress.back(told("\"a\"", "1")).flatMap(told -> told.raw(Place.PARAMS_PROGRESS_TOKEN)))
                .map(ByteString::utf8String)
                .contains("7");
    }

    @Test
    void progress_of_something_else_does_not() {
        progress.next("\"a\"");
        progress.next("\"b\"");

        assertThat(progress.back(told("\"a\"", "1"))).isEmpty();
        assertThat(progress.back(told("7", "1"))).isEmpty();
    }

    @Test
    void a_round_that_begins_anew_takes_nothing_back() {
        progress.next("\"a\"");
        progress.back(told("\"a\"", "50"));
        progress.next("\"b\"");

        assertThat(progress.back(told("\"b\"", "10"))).isEmpty();
        assertThat(progress.back(told("\"b\"", "50.0"))).isEmpty();
        assertThat(progress.back(told("\"b\"", "51"))).isPresent();
    }

    @Test
    void who_wants_no_progress_hears_none_but_everything_else() {
        var silent = new Progress(Message.request(new Id.Number(1), "tools/call", "{}"));
        var log = Message.notification("notifications/message", "{\"level\":\"info\",\"data\":1}");

        assertThat(silent.next("\"a\"")).isEmpty();
        assertThat(silent.back(told("\"a\"", "1"))).isEmpty();
        assertThat(silent.back(log)).isEqualTo(Optional.of(log));
    }
}
