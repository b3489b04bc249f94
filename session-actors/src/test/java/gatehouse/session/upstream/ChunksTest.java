package gatehouse.session.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class ChunksTest {

    private static final String HEAD = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

    private final AnswerFraming framing = new AnswerFraming(8, 4096);
    private final Chunks chunks = new Chunks();

    /// However it was cut and wherever its pieces end, it says what it said, in small chunks.
    @RepeatedTest(50)
    void a_body_stays_what_it_is(RepetitionInfo run) {
        var random = new Random(run.getCurrentRepetition());
        var body = new StringBuilder();
        var sent = new StringBuilder(HEAD);
        for (var i = random.nextInt(6); i >= 0; i--) {
            var part = "abc\r\n0".repeat(1 + random.nextInt(1 << (1 + random.nextInt(13))));
            body.append(part);
            sent.append(Integer.toHexString(part.length()))
                    .append(random.nextBoolean() ? "" : ";x=y")
                    .append("\r\n")
                    .append(part)
                    .append("\r\n");
        }
        sent.append("0\r\n")
                .append(random.nextBoolean() ? "" : "Checksum: 1\r\n")
                .append("\r\n");
        framing.expect();

        var got = new StringBuilder();
        for (int at = 0, to; at < sent.length(); at = to) {
            to = Math.min(sent.length(), at + 1 + random.nextInt(1 << random.nextInt(16)));
            got.append(read(sent.substring(at, to)));
        }

        assertThat(framing.fault()).isEmpty();
        assertThat(content(got.toString(), 16 * 1024 + (1 << 15))).isEqualTo(body.toString());
    }

    @Test
    void a_chunk_that_is_not_whole_is_handed_on_in_parts() {
        framing.expect();

        var got = read(HEAD + "f00000\r\n" + "x".repeat(20_000));

        assertThat(content(got + "0\r\n\r\n", 20_000)).isEqualTo("x".repeat(20_000));
    }

    @Test
    void what_is_small_waits_for_the_end_of_its_chunk() {
        framing.expect();
        assertThat(read(HEAD)).isEqualTo(HEAD);

        assertThat(read("5\r\nab")).isEmpty();
        assertThat(read("cde")).isEqualTo("5\r\nabcde\r\n");
        assertThat(read("\r\n0\r\n\r\n")).isEqualTo("0\r\n\r\n");
    }

    private String read(String bytes) {
        var piece = ByteString.fromString(bytes, StandardCharsets.ISO_8859_1);
        framing.read(piece.toArrayUnsafe(), chunks.of(piece));
        return chunks.areMet() ? chunks.cut().decodeString(StandardCharsets.ISO_8859_1) : bytes;
    }

    /// Reads as a parser does that knows nothing of how it came about.
    private static String content(String answer, int largest) {
        var content = new StringBuilder();
        var at = answer.indexOf("\r\n\r\n") + 4;
        while (true) {
            var line = answer.indexOf("\r\n", at);
            var size = Integer.parseInt(answer.substring(at, line), 16);
            if (size == 0) {
                return content.toString();
            }
            assertThat(size).isLessThanOrEqualTo(largest);
            content.append(answer, line + 2, line + 2 + size);
            assertThat(answer.substring(line + 2 + size, line + 4 + size)).isEqualTo("\r\n");
            at = line + 4 + size;
        }
    }
}
