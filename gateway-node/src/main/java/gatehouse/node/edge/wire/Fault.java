package gatehouse.node.edge.wire;

import java.nio.charset.StandardCharsets;
import org.apache.pekko.util.ByteString;

/// What is wrong with the bytes a client sent, in words that never repeat them.
public enum Fault {
    NONE(Status.BAD_REQUEST, ""),

    REQUEST_LINE(Status.BAD_REQUEST, "the request line is not: method, one space, target, one space, HTTP/1.1"),
    VERSION(Status.BAD_REQUEST, "only HTTP/1.1 and HTTP/1.0 are spoken here"),
    CONNECT(Status.BAD_REQUEST, "CONNECT is not offered"),
    TARGET(Status.BAD_REQUEST, "the target is neither a path nor a URI of the host named in Host"),
    TARGET_SPELLING(
            Status.BAD_REQUEST, "the target has a dot segment, a fragment, or an escape that is broken or needless"),
    TARGET_TOO_LONG(Status.URI_TOO_LONG, "the target is too long; parameters belong into the body"),
    HEAD_TOO_LARGE(Status.HEAD_TOO_LARGE, "the request's head is too large"),
    TOO_MANY_FIELDS(Status.HEAD_TOO_LARGE, "too many header fields"),
    FIELD_TOO_LONG(Status.HEAD_TOO_LARGE, "a header field is too long"),

    BARE_LF(Status.BAD_REQUEST, "a line ends in LF without CR"),
    BARE_CR(Status.BAD_REQUEST, "a CR without LF"),
    CONTROL(Status.BAD_REQUEST, "a control character in the head"),
    FOLDED(Status.BAD_REQUEST, "a header field continues on a second line"),
    FIELD_NAME(
            Status.BAD_REQUEST,
            "a header field name is empty, holds a character it may not, or a blank before the colon"),

    LENGTH(Status.BAD_REQUEST, "Content-Length is not one plain number"),
    LENGTH_REPEATED(Status.BAD_REQUEST, "Content-Length is given more than once"),
    LENGTH_AND_CODING(Status.BAD_REQUEST, "Content-Length together with Transfer-Encoding"),
    CODING(Status.BAD_REQUEST, "Transfer-Encoding is not exactly: chunked"),
    CODING_TOO_OLD(Status.BAD_REQUEST, "Transfer-Encoding in HTTP/1.0"),
    HOST_MISSING(Status.BAD_REQUEST, "Host is missing"),
    HOST_REPEATED(Status.BAD_REQUEST, "Host is given more than once"),
    HOST(Status.BAD_REQUEST, "Host is not a name or address with an optional port"),
    TYPE_REPEATED(Status.BAD_REQUEST, "Content-Type is given more than once"),
    CONNECTION(Status.BAD_REQUEST, "Connection names a field that belongs to the message, not to the connection"),
    UPGRADE(Status.BAD_REQUEST, "no protocol is upgraded to here"),

    BODY_TOO_LARGE(Status.TOO_LARGE, "the body is too large"),
    CHUNK(Status.BAD_REQUEST, "a chunk does not start with its size in hexadecimal or does not end with CR LF"),
    CHUNK_TOO_LARGE(Status.BAD_REQUEST, "a chunk is too large; send smaller ones or a Content-Length"),
    TOO_MANY_CHUNKS(Status.BAD_REQUEST, "too many chunks; send a Content-Length"),
    CHUNK_EXTENSION(Status.BAD_REQUEST, "a chunk extension is too long or holds a control character"),
    TRAILER(Status.BAD_REQUEST, "fields after the body are not accepted"),

    SLOW_HEAD(Status.TIMEOUT, "the request's head did not arrive in time"),
    SLOW_BODY(Status.TIMEOUT, "the request's body did not arrive in time"),
    CROWDED(Status.UNAVAILABLE, "too many connections; try again later");

    private final Status status;
    private final String text;

    Fault(Status status, String text) {
        this.status = status;
        this.text = text;
    }

    public int status() {
        return status.code;
    }

    /// One whole HTTP response that says so and that the connection ends here.
    ByteString response() {
        var body = "{\"error\":\"" + text + "\"}";
        var response = "HTTP/1.1 " + status.code + " " + status.phrase
                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                + "\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n" + body;
        return ByteString.fromString(response, StandardCharsets.US_ASCII);
    }

    private enum Status {
        BAD_REQUEST(400, "Bad Request"),
        TIMEOUT(408, "Request Timeout"),
        TOO_LARGE(413, "Content Too Large"),
        URI_TOO_LONG(414, "URI Too Long"),
        HEAD_TOO_LARGE(431, "Request Header Fields Too Large"),
        UNAVAILABLE(503, "Service Unavailable");

        private final int code;
        private final String phrase;

        Status(int code, String phrase) {
            this.code = code;
            this.phrase = phrase;
        }
    }
}
