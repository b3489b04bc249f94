package gatehouse.node.edge.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import gatehouse.node.edge.wire.Framing.Phase;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class FramingTest {

    private static final Limits LIMITS =
            new Limits(new Limits.Head(4096, 256, 8, 1024), 1000, new Limits.Chunks(128, 10, 16));
    private static final String HOST = "Host: a.example:80\r\n";

    /// `%H` stands for a good Host field, `%C` for the head of a chunked request.
    static final List<Arguments> AMBIGUOUS = List.of(
            arguments(Fault.REQUEST_LINE, "\r\nGET / HTTP/1.1\r\n%H\r\n"),
            arguments(Fault.REQUEST_LINE, " GET / HTTP/1.1\r\n%H\r\n"),
            arguments(Fault.REQUEST_LINE, "GET  / HTTP/1.1\r\n%H\r\n"),
            arguments(Fault.REQUEST_LINE, "GET /\r\n\r\n"),
            arguments(Fault.REQUEST_LINE, "GET\t/ HTTP/1.1\r\n%H\r\n"),
            arguments(Fault.REQUEST_LINE, "GET\r\n\r\n"),
            arguments(Fault.REQUEST_LINE, "ABCDEFGHIJKLMNOPQ / HTTP/1.1\r\n%H\r\n"),
            arguments(Fault.REQUEST_LINE, "GET /é HTTP/1.1\r\n%H\r\n"),
            arguments(Fault.VERSION, "GET / HTTP/1.2\r\n%H\r\n"),
            arguments(Fault.VERSION, "GET / HTTP/1.1 \r\n%H\r\n"),
            arguments(Fault.VERSION, "GET / http/1.1\r\n%H\r\n"),
            arguments(Fault.VERSION, "GET / a b HTTP/1.1\r\n%H\r\n"),
            arguments(Fault.VERSION, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
            arguments(Fault.CONNECT, "CONNECT a.example:80 HTTP/1.1\r\n%H\r\n"),
            arguments(Fault.TARGET, "OPTIONS * HTTP/1.1\r\n%H\r\n"),
            arguments(Fault.TARGET, "GET a.example:80 HTTP/1.1\r\n%H\r\n"),
            arguments(Fault.TARGET, "GET http://b.example:80/ HTTP/1.1\r\n%H\r\n"),
            arguments(Fault.TARGET, "GET http://a.example/ HTTP/1.1\r\n%H\r\n"),
            arguments(Fault.TARGET, "GET http://x@a.example:80/ HTTP/1.1\r\n%H\r\n"),
            arguments(Fault.TARGET, "GET http:///x HTTP/1.1\r\n%H\r\n"),
            arguments(Fault.TARGET_SPELLING, "GET /mcp/../health/live HTTP/1.1\r\n%H\r\n"),
            arguments(Fault.TARGET_SPELLING, "GET /mcp/. HTTP/1.1\r\n%H\r\n"),
            arguments(Fault.TARGET_SPELLING, "GET /mcp/..?x HTTP/1.1\r\n%H\r\n"),
            arguments(Fault.TARGET_SPELLING, "GET /%6dcp/a HTTP/1.1\r\n%H\r\n"),
            arguments(Fault.TARGET_SPELLING, "GET /mcp/%2e%2E/a HTTP/1.1\r\n%H\r\n"),
            arguments(Fault.TARGET_SPELLING, "GET /mcp/%zz HTTP/1.1\r\n%H\r\n"),
            arguments(Fault.TARGET_SPELLING, "GET /mcp/%4 HTTP/1.1\r\n%H\r\n"),
            arguments(Fault.TARGET_SPELLING, "GET /mcp/%00 HTTP/1.1\r\n%H\r\n"),
            arguments(Fault.TARGET_SPELLING, "GET /mcp/a?b=%g0 HTTP/1.1\r\n%H\r\n"),
            arguments(Fault.TARGET_SPELLING, "GET /mcp/a#b HTTP/1.1\r\n%H\r\n"),
            arguments(Fault.TARGET_SPELLING, "GET /mcp\\a HTTP/1.1\r\n%H\r\n"),
            arguments(Fault.TYPE_REPEATED, "POST / HTTP/1.1\r\n%HContent-Type: a/b\r\ncontent-type: a/b\r\n\r\n"),
            arguments(Fault.BARE_LF, "GET / HTTP/1.1\n%H\r\n"),
            arguments(Fault.BARE_LF, "GET / HTTP/1.1\r\nHost: a\n\r\n"),
            arguments(Fault.BARE_LF, "GET / HTTP/1.1\r\n%H\n"),
            arguments(Fault.BARE_CR, "GET / HTTP/1.1\r\nHost: a\rb\r\n\r\n"),
            arguments(Fault.BARE_CR, "GET / HTTP/1.1\r\r\n%H\r\n"),
            arguments(Fault.CONTROL, "GET / HTTP/1.1\r\n%HX: a\0b\r\n\r\n"),
            arguments(Fault.CONTROL, "GET / HTTP/1.1\r\n%HX: a\u001bb\r\n\r\n"),
            arguments(Fault.CONTROL, "GET / HTTP/1.1\r\n%HX: a\u007fb\r\n\r\n"),
            arguments(Fault.FOLDED, "GET / HTTP/1.1\r\n%HX: a\r\n b\r\n\r\n"),
            arguments(Fault.FOLDED, "GET / HTTP/1.1\r\n\tHost: a\r\n\r\n"),
            arguments(Fault.FIELD_NAME, "GET / HTTP/1.1\r\n%HX : a\r\n\r\n"),
            arguments(Fault.FIELD_NAME, "GET / HTTP/1.1\r\n%H: a\r\n\r\n"),
            arguments(Fault.FIELD_NAME, "GET / HTTP/1.1\r\n%Hno colon\r\n\r\n"),
            arguments(Fault.FIELD_NAME, "GET / HTTP/1.1\r\n%HX\r\n\r\n"),
            arguments(Fault.LENGTH, "POST / HTTP/1.1\r\n%HContent-Length: +5\r\n\r\nhello"),
            arguments(Fault.LENGTH, "POST / HTTP/1.1\r\n%HContent-Length: 5,5\r\n\r\nhello"),
            arguments(Fault.LENGTH, "POST / HTTP/1.1\r\n%HContent-Length: 0x5\r\n\r\nhello"),
            arguments(Fault.LENGTH, "POST / HTTP/1.1\r\n%HContent-Length:\r\n\r\nhello"),
            arguments(Fault.LENGTH, "POST / HTTP/1.1\r\n%HContent-Length: 18446744073709551616\r\n\r\nhello"),
            arguments(
                    Fault.LENGTH_REPEATED, "POST / HTTP/1.1\r\n%HContent-Length: 5\r\nContent-Length: 5\r\n\r\nhello"),
            arguments(
                    Fault.LENGTH_AND_CODING,
                    "POST / HTTP/1.1\r\n%HContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
            arguments(Fault.CODING, "POST / HTTP/1.1\r\n%HTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
            arguments(Fault.CODING, "POST / HTTP/1.1\r\n%HTransfer-Encoding: Chunked\r\n\r\n0\r\n\r\n"),
            arguments(Fault.CODING, "POST / HTTP/1.1\r\n%HTransfer-Encoding: identity\r\n\r\n0\r\n\r\n"),
            arguments(
                    Fault.CODING,
                    "POST / HTTP/1.1\r\n%HTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
            arguments(Fault.CODING_TOO_OLD, "POST / HTTP/1.0\r\n%HTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
            arguments(Fault.HOST_MISSING, "GET / HTTP/1.1\r\n\r\n"),
            arguments(Fault.HOST_MISSING, "GET / HTTP/1.0\r\n\r\n"),
            arguments(Fault.HOST_REPEATED, "GET / HTTP/1.1\r\n%H%H\r\n"),
            arguments(Fault.HOST, "GET / HTTP/1.1\r\nHost:\r\n\r\n"),
            arguments(Fault.HOST, "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n"),
            arguments(Fault.HOST, "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n"),
            arguments(Fault.HOST, "GET / HTTP/1.1\r\nHost: x@a\r\n\r\n"),
            arguments(Fault.CONNECTION, "GET / HTTP/1.1\r\n%HConnection: close, Mcp-Session-Id\r\n\r\n"),
            arguments(Fault.CONNECTION, "GET / HTTP/1.1\r\n%HConnection: authorization\r\n\r\n"),
            arguments(Fault.CONNECTION, "GET / HTTP/1.1\r\n%HConnection: host\r\n\r\n"),
            arguments(Fault.CONNECTION, "GET / HTTP/1.1\r\n%HConnection: close,,close\r\n\r\n"),
            arguments(Fault.UPGRADE, "GET / HTTP/1.1\r\n%HConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"),
            arguments(Fault.BODY_TOO_LARGE, "POST / HTTP/1.1\r\n%HContent-Length: 1001\r\n\r\n"),
            arguments(Fault.CHUNK, "%C\r\nhello"),
            arguments(Fault.CHUNK, "%C-5\r\nhello"),
            arguments(Fault.CHUNK, "%C5 \r\nhello"),
            arguments(Fault.CHUNK, "%C5\nhello"),
            arguments(Fault.CHUNK, "%C5\r\nhelloX"),
            arguments(Fault.CHUNK, "%C000000005\r\nhello"),
            arguments(Fault.CHUNK, "%Cffffffffffffffff5\r\nhello"),
            arguments(Fault.CHUNK, "%C5\r\nhello\r\nG\r\n"),
            arguments(Fault.CHUNK_TOO_LARGE, "%C81\r\n"),
            arguments(Fault.CHUNK_TOO_LARGE, "%Cffffffff\r\n"),
            arguments(Fault.CHUNK_EXTENSION, "%C5;12345678901234567\r\n"),
            arguments(Fault.CHUNK_EXTENSION, "%C5;a\nhello"),
            arguments(Fault.TRAILER, "%C0\r\nContent-Length: 5\r\n\r\n"),
            arguments(Fault.TRAILER, "%C0\r\nAuthorization: x\r\n\r\n"));

    /// Where the following of some bytes ended.
    private record Followed(Fault fault, Phase phase, int consumed, String forwarded) {}

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\n%H\r\n",
                "GET /mcp?x=1 HTTP/1.1\r\n%HAccept:\t text/event-stream \t\r\nX-Empty:\r\n\r\n",
                "GET /v0.1/servers/com.example%2Fmine?q=%2e%20. HTTP/1.1\r\n%H\r\n",
                "GET /a.b/..c/%7B HTTP/1.1\r\n%H\r\n",
                "GET / HTTP/1.0\r\n%H\r\n",
                "HEAD / HTTP/1.1\r\n%H\r\n",
                "GET http://A.example:80/x HTTP/1.1\r\n%H\r\n",
                "GET http://a.example:80?x HTTP/1.1\r\n%H\r\n",
                "GET / HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n",
                "POST / HTTP/1.1\r\n%HContent-Length: 0\r\n\r\n",
                "POST / HTTP/1.1\r\n%HContent-Length: 5\r\n\r\nhello",
                "POST / HTTP/1.1\r\n%HcOnTeNt-LeNgTh:5\r\n\r\n\r\n\r\n\0",
                "POST / HTTP/1.1\r\n%HTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\n%HTransfer-Encoding: chunked\r\n\r\n05;a=\"b\"\r\nhello\r\nA\r\n0123456789\r\n0;x\r\n\r\n",
                "GET / HTTP/1.1\r\n%HConnection: keep-alive, Close\r\n\r\n",
                "GET / HTTP/1.1\r\n%HConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AA\r\n\r\n",
            })
    void a_plain_request_passes_unchanged_however_it_is_cut(String template) {
        var request = template.replace("%H", HOST);

        var whole = follow(request, request.length());

        assertThat(whole).isEqualTo(new Followed(Fault.NONE, Phase.COMPLETE, request.length(), request));
        assertSameHoweverCut(request, whole);
    }

    @ParameterizedTest
    @FieldSource("AMBIGUOUS")
    void what_could_be_read_in_two_ways_is_refused_however_it_is_cut(Fault fault, String template) {
        var request = template.replace("%C", "POST / HTTP/1.1\r\n%HTransfer-Encoding: chunked\r\n\r\n")
                .replace("%H", HOST);

        var whole = follow(request, request.length());

        assertThat(whole.fault()).isEqualTo(fault);
        for (var step = 1; step < request.length(); step++) {
            assertThat(follow(request, step).fault()).as("steps of %s", step).isEqualTo(fault);
        }
        for (var cut = 1; cut < request.length(); cut++) {
            assertThat(cutOnce(request, cut).fault()).as("cut at %s", cut).isEqualTo(fault);
        }
    }

    @Test
    void the_sizes_allowed_are_allowed_and_one_more_is_not() {
        assertThat(fault("GET /" + "a".repeat(255) + " HTTP/1.1\r\n" + HOST + "\r\n"))
                .isEqualTo(Fault.NONE);
        assertThat(fault("GET /" + "a".repeat(256) + " HTTP/1.1\r\n" + HOST + "\r\n"))
                .isEqualTo(Fault.TARGET_TOO_LONG);
        assertThat(fault(get(HOST + field("X", 1024)))).isEqualTo(Fault.NONE);
        assertThat(fault(get(HOST + field("X", 1025)))).isEqualTo(Fault.FIELD_TOO_LONG);
        assertThat(fault(get(HOST + field("N".repeat(64), 1)))).isEqualTo(Fault.NONE);
        assertThat(fault(get(HOST + field("N".repeat(65), 1)))).isEqualTo(Fault.FIELD_TOO_LONG);
        assertThat(fault(get(HOST + "X: y\r\n".repeat(7)))).isEqualTo(Fault.NONE);
        assertThat(fault(get(HOST + "X: y\r\n".repeat(8)))).isEqualTo(Fault.TOO_MANY_FIELDS);
        assertThat(fault(get(HOST + field("X", 1000).repeat(4)))).isEqualTo(Fault.NONE);
        assertThat(fault(get(HOST + field("X", 1020).repeat(4)))).isEqualTo(Fault.HEAD_TOO_LARGE);
    }

    @Test
    void endless_lines_are_refused_before_they_end() {
        assertThat(fault("G".repeat(5000))).isEqualTo(Fault.TARGET_TOO_LONG);
        assertThat(fault("GET / HTTP/1.1\r\n" + "X".repeat(2000))).isEqualTo(Fault.FIELD_TOO_LONG);
    }

    @Test
    void chunks_are_counted_and_their_sizes_summed_up() {
        assertThat(fault(chunked("1\r\nx\r\n".repeat(10) + "0\r\n\r\n"))).isEqualTo(Fault.NONE);
        assertThat(fault(chunked("1\r\nx\r\n".repeat(11)))).isEqualTo(Fault.TOO_MANY_CHUNKS);
        var hundred = "64\r\n" + "x".repeat(100) + "\r\n";
        assertThat(fault(chunked(hundred.repeat(10) + "0\r\n\r\n"))).isEqualTo(Fault.NONE);
        assertThat(fault(chunked(hundred.repeat(9) + "65\r\n"))).isEqualTo(Fault.BODY_TOO_LARGE);
    }

    @Test
    void a_request_ends_where_it_ends_and_the_next_is_left_alone() {
        var first = "POST / HTTP/1.1\r\n" + HOST + "Content-Length: 2\r\n\r\nhi";
        var bytes = (first + get(HOST)).getBytes(ISO_8859_1);
        var framing = new Framing(LIMITS);

        assertThat(framing.read(bytes, 0, bytes.length)).isEqualTo(first.length());
        assertThat(framing.read(bytes, first.length(), bytes.length)).isEqualTo(first.length());
        framing.next();

        assertThat(framing.read(bytes, first.length(), bytes.length)).isEqualTo(bytes.length);
        assertThat(framing.phase()).isEqualTo(Phase.COMPLETE);
    }

    /// Whatever the bytes and however cut: the verdict is the same, and what is forwarded is what came.
    @RepeatedTest(300)
    void any_mutation_is_judged_alike_however_it_is_cut(RepetitionInfo run) {
        var random = new Random(run.getCurrentRepetition());
        var request = mutate(
                random,
                random.nextBoolean()
                        ? chunked("5;x=y\r\nhello\r\n3\r\nyou\r\n0\r\n\r\n") + get(HOST)
                        : "POST /a HTTP/1.1\r\n" + HOST + "Content-Length: 12\r\nConnection: close\r\n\r\nhello world!"
                                + get(""));

        assertSameHoweverCut(request, follow(request, request.length()));
    }

    private static String mutate(Random random, String request) {
        var text = new StringBuilder(request);
        for (var i = random.nextInt(4); i >= 0; i--) {
            var at = random.nextInt(text.length());
            switch (random.nextInt(4)) {
                case 0 -> text.setCharAt(at, (char) random.nextInt(256));
                case 1 -> text.deleteCharAt(at);
                case 2 -> text.insert(at, "\r\n \t\0:;,0".charAt(random.nextInt(9)));
                default -> text.insert(at, text.substring(at, Math.min(text.length(), at + random.nextInt(30))));
            }
        }
        return text.toString();
    }

    private static void assertSameHoweverCut(String request, Followed whole) {
        for (var step = 1; step < request.length(); step++) {
            assertThat(follow(request, step))
                    .as("steps of %s of %s", step, request)
                    .satisfies(same(whole));
        }
        for (var cut = 1; cut < request.length(); cut++) {
            assertThat(cutOnce(request, cut))
                    .as("cut at %s of %s", cut, request)
                    .satisfies(same(whole));
        }
    }

    /// After a fault nothing is forwarded any more, so only the verdict is compared.
    private static java.util.function.Consumer<Followed> same(Followed whole) {
        return other -> {
            assertThat(other.fault()).isEqualTo(whole.fault());
            if (whole.fault() == Fault.NONE) {
                assertThat(other).isEqualTo(whole);
            }
        };
    }

    private static Fault fault(String request) {
        return follow(request, request.length()).fault();
    }

    private static Followed follow(String request, int step) {
        var bytes = request.getBytes(ISO_8859_1);
        var framing = new Framing(LIMITS);
        var forwarded = new ByteArrayOutputStream();
        var at = 0;
        while (at < bytes.length && framing.fault() == Fault.NONE && framing.phase() != Phase.COMPLETE) {
            at = read(framing, Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + step)), at, forwarded);
        }
        return new Followed(framing.fault(), framing.phase(), at, forwarded.toString(ISO_8859_1));
    }

    private static Followed cutOnce(String request, int cut) {
        var bytes = request.getBytes(ISO_8859_1);
        var framing = new Framing(LIMITS);
        var forwarded = new ByteArrayOutputStream();
        var at = read(framing, Arrays.copyOf(bytes, cut), 0, forwarded);
        if (framing.fault() == Fault.NONE && framing.phase() != Phase.COMPLETE) {
            at = read(framing, Arrays.copyOfRange(bytes, at, bytes.length), at, forwarded);
        }
        return new Followed(framing.fault(), framing.phase(), at, forwarded.toString(ISO_8859_1));
    }

    private static int read(Framing framing, byte[] piece, int at, ByteArrayOutputStream forwarded) {
        var end = framing.read(piece, 0, piece.length);
        if (framing.fault() == Fault.NONE && framing.phase() != Phase.HEAD) {
            forwarded.writeBytes(framing.release());
            forwarded.write(piece, 0, end);
        }
        return at + end;
    }

    private static String get(String fields) {
        return "GET / HTTP/1.1\r\n" + fields + "\r\n";
    }

    private static String chunked(String body) {
        return "POST / HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n" + body;
    }

    private static String field(String name, int length) {
        return name + ": " + "v".repeat(length) + "\r\n";
    }
}
