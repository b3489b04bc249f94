package gatehouse.node.edge.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseFramingTest {

    private static final String DATE = "Date: Sat, 21 Nov 2026 07:17:14 GMT\r\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\n%DContent-Length: 5\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\n%DContent-Length: 0\r\n\r\n",
                "HTTP/1.1 204 No Content\r\n%D\r\n",
                "HTTP/1.1 304 Not Modified\r\n%DContent-Length: 5\r\n\r\n",
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx",
                "HTTP/1.1 200 OK\r\n%DTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n1a\r\nabcdefghijklmnopqrstuvwxyz\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n\r\n\r\n\r\n0\r\n\r\n",
            })
    void a_response_has_passed_with_its_last_byte_and_not_before(String template) {
        var response = template.replace("%D", DATE);
        for (var cut = 0; cut < response.length(); cut++) {
            var framing = new ResponseFraming();
            framing.expect(false);

            framing.read(bytes(response.substring(0, cut)));
            assertThat(framing.done()).as("after %s bytes", cut).isFalse();

            framing.read(bytes(response.substring(cut)));
            assertThat(framing.done()).as("cut at %s", cut).isTrue();
            assertThat(framing.begun()).isTrue();
        }
    }

    @Test
    void it_may_come_in_fragments_of_one() {
        var framing = new ResponseFraming();
        framing.expect(false);

        framing.read(bytes("HTTP/1.1 200 OK\r\nContent-Len")
                .concat(bytes("gth: 5\r\n\r\nhe"))
                .concat(bytes("llo")));

        assertThat(framing.done()).isTrue();
    }

    @Test
    void the_response_to_head_ends_with_its_head() {
        var framing = new ResponseFraming();
        framing.expect(true);

        framing.read(bytes("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"));

        assertThat(framing.done()).isTrue();
    }

    @Test
    void to_be_told_to_go_on_is_no_response() {
        var framing = new ResponseFraming();
        framing.expect(false);

        framing.read(bytes("HTTP/1.1 100 Continue\r\n\r\n"));

        assertThat(framing.begun()).isFalse();
        assertThat(framing.done()).isFalse();
    }

    @Test
    void a_response_of_no_known_length_ends_with_the_connection() {
        var framing = new ResponseFraming();
        framing.expect(false);

        framing.read(bytes("HTTP/1.1 200 OK\r\n" + DATE + "\r\n0\r\n\r\n"));

        assertThat(framing.done()).isFalse();
    }

    private static ByteString bytes(String text) {
        return ByteString.fromString(text, US_ASCII);
    }
}
