package gatehouse.node.edge.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// What a head's fields say about where the request ends and whom it is for.
final class Fields {

    private static final byte[] HOST = ascii("host");
    private static final byte[] UPGRADE = ascii("upgrade");
    private static final byte[] CONNECTION = ascii("connection");
    private static final byte[] LENGTH = ascii("content-length");
    private static final byte[] TYPE = ascii("content-type");
    private static final byte[] CODING = ascii("transfer-encoding");
    private static final byte[] CHUNKED = ascii("chunked");
    private static final byte[] H2C = ascii("h2c");
    private static final byte[][] HOP_BY_HOP = {
        ascii("keep-alive"), ascii("close"), UPGRADE, ascii("http2-settings"), ascii("te")
    };
    private static final int DIGITS_MOST = 18;

    private long length;
    private boolean chunked;
    private boolean typed;
    private int host;
    private int hostEnd;

    void clear() {
        length = -1;
        chunked = false;
        typed = false;
        host = -1;
    }

    boolean chunked() {
        return chunked;
    }

    /// The announced length of the body; none announced means none.
    long length() {
        return Math.max(0, length);
    }

    /// One field whose value stands without the blanks around it.
    Fault read(byte[] bytes, int base, int name, int colon, int value, int end) {
        return switch (colon - name) {
            case 4 -> Octets.spell(bytes, name, colon, HOST) ? host(bytes, base, value, end) : Fault.NONE;
            case 7 -> Octets.spell(bytes, name, colon, UPGRADE) ? upgrade(bytes, value, end) : Fault.NONE;
            case 10 -> Octets.spell(bytes, name, colon, CONNECTION) ? connection(bytes, value, end) : Fault.NONE;
            case 12 -> Octets.spell(bytes, name, colon, TYPE) ? type() : Fault.NONE;
            case 14 -> Octets.spell(bytes, name, colon, LENGTH) ? length(bytes, value, end) : Fault.NONE;
            case 17 -> Octets.spell(bytes, name, colon, CODING) ? coding(bytes, value, end) : Fault.NONE;
            default -> Fault.NONE;
        };
    }

    /// What only shows when all fields are known.
    Fault finish(byte[] bytes, int base, RequestLine line) {
        if (chunked && length >= 0) {
            return Fault.LENGTH_AND_CODING;
        }
        if (chunked && line.old()) {
            return Fault.CODING_TOO_OLD;
        }
        if (host < 0) {
            return Fault.HOST_MISSING;
        }
        return line.names(bytes, base, host, hostEnd) ? Fault.NONE : Fault.TARGET;
    }

    private Fault host(byte[] bytes, int base, int from, int to) {
        if (host >= 0) {
            return Fault.HOST_REPEATED;
        }
        for (var at = from; at < to; at++) {
            if (!Octets.host(bytes[at])) {
                return Fault.HOST;
            }
        }
        host = from - base;
        hostEnd = to - base;
        return from == to ? Fault.HOST : Fault.NONE;
    }

    /// The JDK's own HTTP client offers `h2c` with every first request; to ignore that is as good as to refuse it.
    private static Fault upgrade(byte[] bytes, int from, int to) {
        return Octets.spell(bytes, from, to, H2C) ? Fault.NONE : Fault.UPGRADE;
    }

    /// A list of what is known to be hop-by-hop: anything else named here is meant to be dropped by someone before
    /// us.
    private static Fault connection(byte[] bytes, int from, int to) {
        var at = from;
        while (at < to) {
            var end = at;
            while (end < to && bytes[end] != ',') {
                end++;
            }
            if (!hopByHop(bytes, skip(bytes, at, end), trim(bytes, at, end))) {
                return Fault.CONNECTION;
            }
            at = end + 1;
        }
        return Fault.NONE;
    }

    private static boolean hopByHop(byte[] bytes, int from, int to) {
        for (var word : HOP_BY_HOP) {
            if (Octets.spell(bytes, from, to, word)) {
                return true;
            }
        }
        return false;
    }

    private Fault type() {
        if (typed) {
            return Fault.TYPE_REPEATED;
        }
        typed = true;
        return Fault.NONE;
    }

    private Fault length(byte[] bytes, int from, int to) {
        if (length >= 0) {
            return Fault.LENGTH_REPEATED;
        }
        if (from == to || to - from > DIGITS_MOST) {
            return Fault.LENGTH;
        }
        var number = 0L;
        for (var at = from; at < to; at++) {
            if (!Octets.digit(bytes[at])) {
                return Fault.LENGTH;
            }
            number = number * 10 + bytes[at] - '0';
        }
        length = number;
        return Fault.NONE;
    }

    /// In lower case only: parsers exist that know no other, and a second reader must not see a different body.
    private Fault coding(byte[] bytes, int from, int to) {
        if (chunked || !Arrays.equals(bytes, from, to, CHUNKED, 0, CHUNKED.length)) {
            return Fault.CODING;
        }
        chunked = true;
        return Fault.NONE;
    }

    static int skip(byte[] bytes, int from, int to) {
        var at = from;
        while (at < to && Octets.blank(bytes[at])) {
            at++;
        }
        return at;
    }

    static int trim(byte[] bytes, int from, int to) {
        var at = to;
        while (at > from && Octets.blank(bytes[at - 1])) {
            at--;
        }
        return at;
    }

    private static byte[] ascii(String word) {
        return word.getBytes(StandardCharsets.US_ASCII);
    }
}
