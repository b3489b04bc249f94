package gatehouse.load.echo;

import static gatehouse.load.echo.Words.word;

import gatehouse.load.echo.Request.Verb;
import java.util.Optional;

/// Cuts HTTP/1.1 requests with a `Content-Length` out of a buffer.
final class RequestReader {

    static final int LARGEST_BODY = 1024 * 1024;

    private static final byte[] LENGTH = word("content-length:");
    private static final byte[] REVISION = word("mcp-protocol-version:");
    private static final byte[] CODING = word("transfer-encoding:");
    private static final byte[] MODERN = word("2026-07-28");

    private RequestReader() {}

    /// The request at the start of what has arrived, empty while it is incomplete.
    static Optional<Request> read(Span arrived) {
        var end = endOfHead(arrived);
        if (end < 0) {
            return arrived.to() - arrived.from() > 16 * 1024 ? Optional.of(broken(arrived)) : Optional.empty();
        }
        var length = 0;
        var modern = false;
        for (var line = nextLine(arrived, arrived.from()); line < end - 2; line = nextLine(arrived, line)) {
            if (starts(arrived, line, LENGTH)) {
                length = number(arrived, line + LENGTH.length);
            } else if (starts(arrived, line, REVISION)) {
                modern = arrived.matches(skipBlanks(arrived, line + REVISION.length), MODERN);
            } else if (starts(arrived, line, CODING)) {
                return Optional.of(broken(arrived));
            }
        }
        if (length > LARGEST_BODY) {
            return Optional.of(broken(arrived));
        }
        return end + length > arrived.to()
                ? Optional.empty()
                : Optional.of(new Request(verb(arrived), modern, arrived.cut(end, end + length), end + length));
    }

    private static Request broken(Span arrived) {
        return new Request(Verb.BROKEN, false, arrived.cut(0, 0), arrived.to());
    }

    private static Verb verb(Span arrived) {
        return switch (arrived.bytes()[arrived.from()]) {
            case 'P' -> Verb.POST;
            case 'G' -> Verb.GET;
            case 'D' -> Verb.DELETE;
            default -> Verb.BROKEN;
        };
    }

    private static int endOfHead(Span arrived) {
        var bytes = arrived.bytes();
        for (var i = arrived.from() + 3; i < arrived.to(); i++) {
            if (bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n') {
                return i + 1;
            }
        }
        return -1;
    }

    private static int nextLine(Span arrived, int at) {
        while (arrived.bytes()[at] != '\n') {
            at++;
        }
        return at + 1;
    }

    private static boolean starts(Span arrived, int at, byte[] name) {
        if (at + name.length > arrived.to()) {
            return false;
        }
        for (var i = 0; i < name.length; i++) {
            if ((arrived.bytes()[at + i] | 0x20) != (name[i] | 0x20)) {
                return false;
            }
        }
        return true;
    }

    private static int skipBlanks(Span arrived, int at) {
        while (arrived.bytes()[at] == ' ') {
            at++;
        }
        return at;
    }

    /// Stops counting beyond the largest body, so that no number overflows.
    private static int number(Span arrived, int at) {
        var value = 0;
        for (var i = skipBlanks(arrived, at); arrived.bytes()[i] != '\r' && value <= LARGEST_BODY; i++) {
            value = value * 10 + (arrived.bytes()[i] - '0');
        }
        return value;
    }
}
