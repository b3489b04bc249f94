package gatehouse.node.edge.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The first line of a request: method, target, version; remembered as positions relative to the head's start.
final class RequestLine {

    private static final byte[] CONNECT = ascii("connect");
    private static final byte[] HEAD = ascii("head");
    private static final byte[] HTTP = ascii("http://");
    private static final byte[] HTTPS = ascii("https://");
    private static final byte[] VERSION = ascii("HTTP/1.");
    private static final int METHOD_MOST = 16;

    private final int targetMost;
    private boolean bodiless;
    private boolean old;
    private int authority;
    private int authorityEnd;

    RequestLine(int targetMost) {
        this.targetMost = targetMost;
    }

    /// The response to a HEAD request announces a body that never comes.
    boolean bodiless() {
        return bodiless;
    }

    /// HTTP/1.0.
    boolean old() {
        return old;
    }

    Fault read(byte[] bytes, int base, int from, int to) {
        var method = token(bytes, from, to);
        if (method == from || method - from > METHOD_MOST || method == to || bytes[method] != ' ') {
            return Fault.REQUEST_LINE;
        }
        if (Octets.spell(bytes, from, method, CONNECT)) {
            return Fault.CONNECT;
        }
        var target = method + 1;
        var end = visible(bytes, target, to);
        if (end == target || end == to || bytes[end] != ' ') {
            return Fault.REQUEST_LINE;
        }
        if (end - target > targetMost) {
            return Fault.TARGET_TOO_LONG;
        }
        bodiless = Octets.spell(bytes, from, method, HEAD);
        var fault = version(bytes, end + 1, to);
        return fault == Fault.NONE ? target(bytes, base, target, end) : fault;
    }

    /// A target that names its host must name the one in `Host`: whoever routes by the one and judges by the other
    /// is lost.
    boolean names(byte[] bytes, int base, int host, int hostEnd) {
        if (authority < 0) {
            return true;
        }
        if (authorityEnd - authority != hostEnd - host) {
            return false;
        }
        for (var i = 0; i < hostEnd - host; i++) {
            if (Octets.lower(bytes[base + authority + i]) != Octets.lower(bytes[base + host + i])) {
                return false;
            }
        }
        return true;
    }

    private Fault version(byte[] bytes, int from, int to) {
        if (to - from != VERSION.length + 1) {
            return Fault.VERSION;
        }
        if (!Arrays.equals(bytes, from, to - 1, VERSION, 0, VERSION.length)) {
            return Fault.VERSION;
        }
        var minor = bytes[to - 1];
        old = minor == '0';
        return minor == '0' || minor == '1' ? Fault.NONE : Fault.VERSION;
    }

    private Fault target(byte[] bytes, int base, int from, int to) {
        authority = -1;
        if (!Target.isPlain(bytes, from, to)) {
            return Fault.TARGET_SPELLING;
        }
        if (bytes[from] == '/') {
            return Fault.NONE;
        }
        var start = after(bytes, from, to);
        if (start < 0) {
            return Fault.TARGET;
        }
        var end = start;
        while (end < to && Octets.host(bytes[end])) {
            end++;
        }
        if (end == start || (end < to && bytes[end] != '/' && bytes[end] != '?')) {
            return Fault.TARGET;
        }
        authority = start - base;
        authorityEnd = end - base;
        return Fault.NONE;
    }

    /// Where the authority of an absolute target starts, or -1.
    private static int after(byte[] bytes, int from, int to) {
        if (to - from > HTTP.length && Octets.spell(bytes, from, from + HTTP.length, HTTP)) {
            return from + HTTP.length;
        }
        return to - from > HTTPS.length && Octets.spell(bytes, from, from + HTTPS.length, HTTPS)
                ? from + HTTPS.length
                : -1;
    }

    private static int token(byte[] bytes, int from, int to) {
        var at = from;
        while (at < to && Octets.token(bytes[at])) {
            at++;
        }
        return at;
    }

    private static int visible(byte[] bytes, int from, int to) {
        var at = from;
        while (at < to && bytes[at] > ' ') {
            at++;
        }
        return at;
    }

    private static byte[] ascii(String word) {
        return word.getBytes(StandardCharsets.US_ASCII);
    }
}
