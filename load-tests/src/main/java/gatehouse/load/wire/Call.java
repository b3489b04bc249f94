package gatehouse.load.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/// One request, mostly a `tools/call`, written once and stamped with a fresh number each time it is sent.
///
/// The number stands in the id and at the head of the text, so an answer that belongs to another call is an error too.
public final class Call {

    private static final String FIRST = "1000000000";
    private static final byte[] FAILED = "\"isError\":true".getBytes(US_ASCII);

    private final byte[] request;
    private final int[] stamps;
    private final byte[] number = FIRST.getBytes(US_ASCII);

    /// @param payload how many characters the text has
    public Call(Session session, int payload) {
        this(echo(session, FIRST + "x".repeat(Math.max(0, payload - FIRST.length()))));
    }

    private Call(byte[] request) {
        this.request = request;
        this.stamps = positions(request, number);
    }

    /// Asks for tools; the answer repeats nothing but the id.
    public static Call ofList(Session session) {
        return new Call(session.script().tools(session.id(), FIRST));
    }

    private static byte[] echo(Session session, String text) {
        return session.script().call(session.id(), ToolCall.echo(text, FIRST));
    }

    /// The bytes to send; valid until the next stamp.
    public byte[] stamped(long n) {
        var rest = n % 1_000_000_000L;
        for (var i = number.length - 1; i > 0; i--) {
            number[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        for (var at : stamps) {
            System.arraycopy(number, 0, request, at, number.length);
        }
        return request;
    }

    /// Whether this reply is the echo of what was stamped last.
    public boolean answeredBy(Reply reply) {
        return reply.status() == 200
                && positions(reply.body(), number).length >= stamps.length
                && positions(reply.body(), FAILED).length == 0;
    }

    private static int[] positions(byte[] text, byte[] mark) {
        var found = new int[4];
        var count = 0;
        for (var i = 0; i <= text.length - mark.length && count < found.length; i++) {
            if (text[i] == mark[0] && Arrays.equals(text, i, i + mark.length, mark, 0, mark.length)) {
                found[count++] = i;
            }
        }
        return Arrays.copyOf(found, count);
    }
}
