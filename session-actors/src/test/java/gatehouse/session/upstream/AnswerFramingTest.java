package gatehouse.session.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerFramingTest {

    private static final String HINT = "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n";
    private static final String TWO = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
    private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

    private final AnswerFraming framing = new AnswerFraming(8, 4096);

    @Test
    void as_many_interim_answers_as_allowed_pass_and_not_one_more() {
        framing.expect();
        assertThat(read(HINT.repeat(8) + TWO)).isEqualTo(8 * HINT.length() + TWO.length());
        assertThat(framing.fault()).isEmpty();

        framing.expect();
        read(HINT.repeat(9));
        assertThat(framing.fault()).isEqualTo("too many interim answers");
    }

    @Test
    void they_are_counted_however_they_arrive() {
        framing.expect();

        HINT.repeat(9).chars().forEach(c -> read(Character.toString(c)));

        assertThat(framing.fault()).isEqualTo("too many interim answers");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 103\n\n", "HTTP/1.0 199 x\r\n\n", "HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n"})
    void in_every_form_the_parser_takes(String interim) {
        framing.expect();

        read(interim.repeat(9));

        assertThat(framing.fault()).isEqualTo("too many interim answers");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                TWO,
                "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 204 No Content\r\n\r\n",
                CHUNKED + "0\r\n\r\n",
                CHUNKED + "2;x=y\r\n{}\r\n00\r\nTrailer: t\r\n\r\n",
            })
    void what_follows_a_whole_answer_answers_nothing(String answer) {
        framing.expect();
        assertThat(read(answer)).isEqualTo(answer.length());
        assertThat(framing.fault()).isEmpty();

        read("H");

        assertThat(framing.hasSurplus()).isTrue();
    }

    @Test
    void nothing_is_answered_before_anything_was_asked() {
        read(TWO);

        assertThat(framing.hasSurplus()).isTrue();
    }

    @Test
    void an_answer_that_ends_with_its_connection_may_hold_anything() {
        framing.expect();

        assertThat(read("HTTP/1.1 200 OK\r\n\r\n" + HINT.repeat(20))).isEqualTo(19 + 20 * HINT.length());

        assertThat(framing.fault()).isEmpty();
    }

    @Test
    void only_whole_heads_and_chunks_are_of_use() {
        framing.expect();

        assertThat(read("HTTP/1.1 200 OK\r\nTransfer-Encoding: chu")).isZero();
        assertThat(read("nked\r\n\r\n2\r\n{}\r\n4\r\n{ ")).isEqualTo(15);
        assertThat(read("  }\r")).isZero();
        assertThat(read("\n1")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nX: aaaaaaaa",
                CHUNKED + "0\r\nX: aaaaaaaa",
                CHUNKED + "00000000",
                CHUNKED + "1;aaaaaa",
                "aaaaaaaa",
            })
    void no_line_is_endless(String beginning) {
        framing.expect();

        for (var i = 0; i < 2000 && framing.fault().isEmpty(); i++) {
            read(i == 0 ? beginning : beginning.substring(beginning.length() - 4));
        }

        assertThat(framing.fault()).isEqualTo("head of the answer is too large");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH\r\n",
                "HTTP/2.0 200 OK\r\n",
                "HTTP/1.1 1000 x\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length:\r\n 2\r\n",
                CHUNKED + "zz\r\n",
                CHUNKED + "fffffffff\r\n",
                CHUNKED + "1\r\nabc\r\n",
            })
    void what_could_be_read_in_two_ways_is_refused(String answer) {
        framing.expect();

        read(answer);

        assertThat(framing.fault()).isNotEmpty();
    }

    private int read(String bytes) {
        return framing.read(
                bytes.getBytes(StandardCharsets.ISO_8859_1),
                new Chunks().of(ByteString.fromString(bytes, StandardCharsets.ISO_8859_1)));
    }
}
