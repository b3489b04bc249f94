package gatehouse.load.echo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Arrays;

/// Bytes that wait to be written to one connection.
final class Outflow {

    private byte[] bytes = new byte[4096];
    private int from;
    private int to;

    void put(byte[] piece) {
        put(new Span(piece, 0, piece.length));
    }

    void put(Span piece) {
        var length = piece.to() - piece.from();
        if (to + length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, to + length));
        }
        System.arraycopy(piece.bytes(), piece.from(), bytes, to, length);
        to += length;
    }

    /// Writes what the channel takes, and says whether that was all.
    boolean flush(WritableByteChannel channel) throws IOException {
        from += channel.write(ByteBuffer.wrap(bytes, from, to - from));
        if (from < to) {
            return false;
        }
        from = 0;
        to = 0;
        return true;
    }

    boolean isEmpty() {
        return from == to;
    }

    /// What waits, for a test to read.
    String text() {
        return new Span(bytes, from, to).text();
    }
}
