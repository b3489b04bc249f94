package gatehouse.node.edge.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.pekko.util.ByteString;

/// Follows one connection's responses, to know when a request's response has begun and when it has passed whole.
///
/// It trusts what it reads: these are our own bytes.
final class ResponseFraming {

    private static final byte[] STATUS = ascii("HTTP/1.1 ");
    private static final byte[] LENGTH = ascii("Content-Length: ");
    private static final byte[] CHUNKED = ascii("Transfer-Encoding: chunked");

    private enum Part {
        HEAD,
        CONTENT,
        CHUNK_SIZE,
        CHUNK_CONTENT,
        UNTIL_CLOSE,
        DONE
    }

    private final byte[] line = new byte[48];

    private Part part = Part.DONE;
    private int filled;
    private boolean bodiless;
    private boolean begun;
    private int status;
    private boolean chunked;
    private long length;

    /// A request was let through.
    void expect(boolean withoutBody) {
        bodiless = withoutBody;
        begun = false;
        head();
    }

    /// Bytes of the final response have passed; a `100 Continue` is none.
    boolean begun() {
        return begun;
    }

    boolean done() {
        return part == Part.DONE;
    }

    void read(ByteString bytes) {
        for (var fragment : bytes.getByteBuffers()) {
            read(fragment);
        }
    }

    private void read(ByteBuffer bytes) {
        while (bytes.hasRemaining() && part != Part.DONE && part != Part.UNTIL_CLOSE) {
            if (part == Part.CONTENT || part == Part.CHUNK_CONTENT) {
                skip(bytes);
            } else {
                line(bytes);
            }
        }
    }

    private void skip(ByteBuffer bytes) {
        var stride = (int) Math.min(length, bytes.remaining());
        bytes.position(bytes.position() + stride);
        length -= stride;
        if (length == 0) {
            part = part == Part.CONTENT ? Part.DONE : Part.CHUNK_SIZE;
            filled = 0;
        }
    }

    private void line(ByteBuffer bytes) {
        begun = true; // until the head turns out to be that of an interim response
        while (bytes.hasRemaining()) {
            var octet = bytes.get();
            if (octet == '\n') {
                ended();
                return;
            }
            if (filled < line.length && octet != '\r') {
                line[filled++] = octet;
            }
        }
    }

    private void ended() {
        if (part == Part.CHUNK_SIZE) {
            chunk();
        } else if (filled == 0) {
            headEnded();
        } else if (starts(STATUS)) {
            status = (int) number(STATUS.length, 3, 10);
        } else if (starts(LENGTH)) {
            length = number(LENGTH.length, filled - LENGTH.length, 10);
        } else if (starts(CHUNKED)) {
            chunked = true;
        }
        filled = 0;
    }

    private void headEnded() {
        if (status < 200) {
            begun = false;
            head();
        } else if (bodiless || status == 204 || status == 304 || (length == 0 && !chunked)) {
            part = Part.DONE;
        } else if (chunked) {
            part = Part.CHUNK_SIZE;
        } else {
            part = length > 0 ? Part.CONTENT : Part.UNTIL_CLOSE;
        }
    }

    /// The CR LF after a chunk is taken as a part of it; the last chunk's is the end of an empty trailer section.
    private void chunk() {
        var size = number(0, filled, 16);
        part = size == 0 ? Part.CONTENT : Part.CHUNK_CONTENT;
        length = size + 2;
    }

    private void head() {
        part = Part.HEAD;
        filled = 0;
        chunked = false;
        length = -1;
    }

    private boolean starts(byte[] word) {
        return filled >= word.length && Arrays.equals(line, 0, word.length, word, 0, word.length);
    }

    private long number(int from, int count, int radix) {
        return Long.parseLong(new String(line, from, count, StandardCharsets.US_ASCII), radix);
    }

    private static byte[] ascii(String word) {
        return word.getBytes(StandardCharsets.US_ASCII);
    }
}
