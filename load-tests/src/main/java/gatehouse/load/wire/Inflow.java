package gatehouse.load.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// What arrives on a line, cut where HTTP/1.1 cuts it.
final class Inflow {

    private static final int LARGEST_HEAD = 16 * 1024;
    private static final int LARGEST_BODY = 8 * 1024 * 1024;

    private final InputStream source;
    private final byte[] buffer = new byte[LARGEST_HEAD];
    private int from;
    private int to;

    Inflow(InputStream source) {
        this.source = source;
    }

    String upTo(String mark) throws IOException {
        for (var searched = from; ; ) {
            var end = find(mark, searched);
            if (end >= 0) {
                var text = new String(buffer, from, end - from, ISO_8859_1);
                from = end;
                return text;
            }
            searched = Math.max(from, to - mark.length() + 1);
            searched -= more();
        }
    }

    byte[] exactly(int length) throws IOException {
        if (length > LARGEST_BODY) {
            throw new IOException("body of " + length + " bytes, more than " + LARGEST_BODY);
        }
        var body = new byte[length];
        var have = Math.min(length, to - from);
        System.arraycopy(buffer, from, body, 0, have);
        from += have;
        if (source.readNBytes(body, have, length - have) < length - have) {
            throw new EOFException("connection closed within a body of " + length + " bytes");
        }
        return body;
    }

    byte[] chunks() throws IOException {
        var body = new ByteArrayOutputStream();
        while (true) {
            var size = Integer.parseInt(upTo("\r\n").split("[;\r]", 2)[0].trim(), 16);
            body.writeBytes(exactly(size));
            upTo("\r\n");
            if (size == 0) {
                return body.toByteArray();
            }
            if (body.size() > LARGEST_BODY) {
                throw new IOException("chunked body of more than " + LARGEST_BODY + " bytes");
            }
        }
    }

    int discard() throws IOException {
        if (from == to) {
            return source.read(buffer, 0, buffer.length);
        }
        var discarded = to - from;
        from = to;
        return discarded;
    }

    private int find(String mark, int at) {
        for (var i = at; i <= to - mark.length(); i++) {
            var k = 0;
            while (k < mark.length() && buffer[i + k] == mark.charAt(k)) {
                k++;
            }
            if (k == mark.length()) {
                return i + k;
            }
        }
        return -1;
    }

    /// Reads more, and answers by how much the bytes at hand moved to make room.
    private int more() throws IOException {
        var moved = from;
        System.arraycopy(buffer, from, buffer, 0, to - from);
        to -= from;
        from = 0;
        if (to == buffer.length) {
            throw new IOException("no end of a head or chunk line within " + LARGEST_HEAD + " bytes: "
                    + new String(Arrays.copyOf(buffer, 80), ISO_8859_1));
        }
        var read = source.read(buffer, to, buffer.length - to);
        if (read < 0) {
            throw new EOFException("connection closed while " + to + " bytes of an answer had come");
        }
        to += read;
        return moved;
    }
}
