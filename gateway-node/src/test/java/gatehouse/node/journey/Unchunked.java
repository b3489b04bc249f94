package gatehouse.node.journey;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// The content of a chunked body, after its head, for a test that has the socket itself.
final class Unchunked extends FilterInputStream {

    private int left;

    Unchunked(InputStream in) throws IOException {
        super(in);
        while (!line().isEmpty()) {
            // the head
        }
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int at, int most) throws IOException {
        if (left == 0) {
            left = Integer.parseInt(line(), 16);
            if (left == 0) {
                return -1;
            }
        }
        var count = in.read(into, at, Math.min(most, left));
        left -= Math.max(count, 0);
        if (left == 0) {
            line();
        }
        return count;
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (var octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                throw new IOException("closed after: " + line);
            }
            if (octet != '\r') {
                line.append((char) octet);
            }
        }
        return line.toString();
    }
}
