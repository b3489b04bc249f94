package gatehouse.load.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InflowTest {
    /// A head that is split anywhere, even within its mark, is the same head.
    @Test
    void where_the_network_cuts_does_not_matter() {
        var text = "HTTP/1.1 200 OK\r\nA: b\r\n\r\n5;x=y\r\nhello\r\n1\r\n!\r\n0\r\n\r\n";

        IntStream.range(1, text.length()).forEach(piece -> {
            var inflow = new Inflow(new Drip(text, piece));
            assertThat(read(() -> inflow.upTo("\r\n\r\n"))).isEqualTo("HTTP/1.1 200 OK\r\nA: b\r\n\r\n");
            assertThat(read(() -> new String(inflow.chunks(), UTF_8))).isEqualTo("hello!");
        });
    }

    @Test
    void a_head_without_end_is_given_up() {
        assertThatThrownBy(() -> new Inflow(new Drip("x".repeat(20_000), 5000)).upTo("\r\n"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("16384");
    }

    @Test
    void a_body_that_breaks_off_is_an_error() {
        assertThatThrownBy(() -> new Inflow(new Drip("abc", 2)).exactly(4)).isInstanceOf(EOFException.class);
    }

    private interface Reading {
        String get() throws IOException;
    }

    private static String read(Reading reading) {
        try {
            return reading.get();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// Gives at most so many bytes at a time.
    private static final class Drip extends InputStream {
        private final ByteArrayInputStream source;
        private final int most;

        Drip(String text, int most) {
            source = new ByteArrayInputStream(text.getBytes(UTF_8));
            this.most = most;
        }

        @Override
        public int read() {
            return source.read();
        }

        @Override
        public int read(byte[] bytes, int from, int length) {
            return source.read(bytes, from, Math.min(most, length));
        }
    }
}
