package gatehouse.session.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.session.mcp.Reading.Malformed;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What must never be read, from whichever side it comes.
class HostileTest {

    private static final Codec CODEC = new Codec(Samples.LIMITS);
    private static final String OPEN = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{";

    @ParameterizedTest(name = "{0}")
    @MethodSource({"grammar", "encodings", "envelopes", "lookalikes", "bounds"})
    void is_refused_from_both_sides(String what, byte[] document, Fault fault, String problem) {
        for (var reading : new Reading[] {
            CODEC.fromClient(ByteString.fromArray(document)), CODEC.fromUpstream(ByteString.fromArray(document))
        }) {
            assertThat(reading).as(what).isInstanceOf(Malformed.class);
            var malformed = (Malformed) reading;
            assertThat(malformed.fault()).as(malformed.text()).isEqualTo(fault);
            assertThat(malformed.text()).contains(problem);
        }
    }

    private static final List<Arguments> GRAMMAR = List.of(
            unparsable("nothing", ""),
            unparsable("only blanks", " \r\n\t"),
            unparsable("a broken end", "{\"jsonrpc\":\"2.0\",\"method\":\"m\""),
            unparsable("a comment", params("/* c */")),
            unparsable("a line comment", params("// c\n")),
            unparsable("a YAML comment", params("# c\n")),
            unparsable("single quotes", params("'a':1")),
            unparsable("a bare name", params("a:1")),
            unparsable("NaN", params("\"a\":NaN")),
            unparsable("Infinity", params("\"a\":Infinity")),
            unparsable("-Infinity", params("\"a\":-Infinity")),
            unparsable("a leading zero", params("\"a\":01")),
            unparsable("a negative leading zero", params("\"a\":-01")),
            unparsable("a plus sign", params("\"a\":+1")),
            unparsable("a leading point", params("\"a\":.5")),
            unparsable("a trailing point", params("\"a\":5.")),
            unparsable("an empty exponent", params("\"a\":1e")),
            unparsable("a hexadecimal number", params("\"a\":0x10")),
            unparsable("a trailing comma", params("\"a\":1,")),
            unparsable("a trailing comma in an array", params("\"a\":[1,]")),
            unparsable("a missing value", params("\"a\":")),
            unparsable("a missing element", params("\"a\":[,1]")),
            unparsable("a raw line end in a text", params("\"a\":\"x\ny\"")),
            unparsable("a raw tab in a text", params("\"a\":\"x\ty\"")),
            unparsable("an unknown escape", params("\"a\":\"\\x41\"")),
            unparsable("an escaped line end", params("\"a\":\"\\\n\"")),
            unparsable("a short escape", params("\"a\":\"\\u12\"")),
            unparsable("an octal escape", params("\"a\":\"\\0\"")),
            unparsable("an upper case literal", params("\"a\":TRUE")),
            unparsable("crossed brackets", params("\"a\":[}")),
            unparsable("a second message", params("") + params("")),
            unparsable("a second message on its own line", params("") + "\n" + params("")),
            unparsable("a trailing bracket", params("") + "}"),
            unparsable("trailing letters", params("") + "x"),
            unparsable("a form feed", "\f" + params("")),
            unparsable("a no-break space", "\u00a0" + params("")),
            unparsable("a record separator", "\u001e" + params("")),
            unparsable("XML", "<?xml version=\"1.0\"?><a/>"),
            unparsable("a form", "jsonrpc=2.0&method=m"));

    static Stream<Arguments> grammar() {
        return GRAMMAR.stream();
    }

    static Stream<Arguments> encodings() {
        return Stream.of(
                bytes("a byte order mark", utf8("\ufeff" + params("")), "byte order mark"),
                bytes("UTF-16", params("").getBytes(StandardCharsets.UTF_16), "is not UTF-8"),
                bytes("UTF-16LE", params("").getBytes(StandardCharsets.UTF_16LE), "NUL"),
                bytes("UTF-16BE", params("").getBytes(StandardCharsets.UTF_16BE), "NUL"),
                bytes("UTF-32", params("").getBytes(Charset.forName("UTF-32BE")), "NUL"),
                bytes("UTF-32LE", params("").getBytes(Charset.forName("UTF-32LE")), "NUL"),
                bytes("a NUL in a text", text(0), "NUL"),
                bytes("a NUL at the end", utf8(params("") + "\0"), "NUL"),
                bytes("Latin-1", text(0xE9), "is not UTF-8"),
                bytes("a lonely continuation", text(0x80), "is not UTF-8"),
                bytes("an overlong quote in two bytes", text(0xC0, 0xA2), "is not UTF-8"),
                bytes("an overlong slash in two bytes", text(0xC1, 0xAF), "is not UTF-8"),
                bytes("an overlong NUL", text(0xC0, 0x80), "is not UTF-8"),
                bytes("an overlong form in three bytes", text(0xE0, 0x80, 0xAF), "is not UTF-8"),
                bytes("an overlong form in four bytes", text(0xF0, 0x80, 0x80, 0xAF), "is not UTF-8"),
                bytes("a high surrogate in UTF-8", text(0xED, 0xA0, 0x80), "is not UTF-8"),
                bytes("a pair of surrogates in UTF-8", text(0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80), "is not UTF-8"),
                bytes("beyond Unicode", text(0xF4, 0x90, 0x80, 0x80), "is not UTF-8"),
                bytes("five bytes", text(0xF8, 0x88, 0x80, 0x80, 0x80), "is not UTF-8"),
                bytes("a text that breaks off", text(0xE2, 0x82), "is not UTF-8"),
                bytes("FE", text(0xFE), "is not UTF-8"),
                bytes("half a pair", utf8(params("\"a\":\"\\ud83d\"")), "half a surrogate pair"),
                bytes("the other half", utf8(params("\"a\":\"\\uDE00\"")), "half a surrogate pair"),
                bytes("two first halves", utf8(params("\"a\":\"\\ud83d\\ud83d\\ude00\"")), "half a surrogate pair"),
                bytes("swapped halves", utf8(params("\"a\":\"\\ude00\\ud83d\"")), "half a surrogate pair"),
                bytes("half a pair in a name", utf8(params("\"\\ud83d\":1")), "half a surrogate pair"),
                bytes(
                        "half a pair behind a backslash",
                        utf8(params("\"a\":\"\\\\\\ud83d\"")),
                        "half a surrogate pair"));
    }

    private static final List<Arguments> ENVELOPES = List.of(
            invalid("a text", "\"hello\"", "is not an object"),
            invalid("a number", "7", "is not an object"),
            invalid("null", "null", "is not an object"),
            invalid("an empty object", "{}", "jsonrpc: is not \"2.0\""),
            invalid("no version", "{\"id\":1,\"method\":\"m\"}", "jsonrpc: is not \"2.0\""),
            invalid("version 1.0", "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"m\"}", "jsonrpc: is not \"2.0\""),
            invalid("a number as version", "{\"jsonrpc\":2.0,\"id\":1,\"method\":\"m\"}", "jsonrpc: is not \"2.0\""),
            invalid("nothing to do", "{\"jsonrpc\":\"2.0\",\"id\":1}", "holds 0 of method"),
            invalid(
                    "request and result",
                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"result\":{}}",
                    "holds 2 of"),
            invalid("result and error", answer("\"result\":{},\"error\":{\"code\":1,\"message\":\"\"}"), "holds 2 of"),
            invalid("params in an answer", answer("\"result\":{},\"params\":{}"), "params: stands in an answer"),
            invalid("a null id", "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"m\"}", "id: is null"),
            invalid("a null id of a result", "{\"jsonrpc\":\"2.0\",\"id\":null,\"result\":{}}", "id: is null"),
            invalid("no id of a result", "{\"jsonrpc\":\"2.0\",\"result\":{}}", "id: is missing"),
            invalid("a fractional id", withId("1.5"), "id: is neither"),
            invalid("an id with a point", withId("1.0"), "id: is neither"),
            invalid("an id with an exponent", withId("1e3"), "id: is neither"),
            invalid("a negative zero as id", withId("-0"), "id: is neither"),
            invalid("an id of 2^53", withId("9007199254740992"), "id: is neither"),
            invalid("an id of -2^53", withId("-9007199254740992"), "id: is neither"),
            invalid("an id of 64 digits", withId("1".repeat(64)), "id: is neither"),
            invalid("an id of 129 characters", withId("\"" + "i".repeat(129) + "\""), "id: is neither"),
            invalid("an object as id", withId("{}"), "id: is neither"),
            invalid("true as id", withId("true"), "id: is neither"),
            invalid("an empty method", withMethod("\"\""), "method: is not"),
            invalid("a method of 129 characters", withMethod("\"" + "m".repeat(129) + "\""), "method: is not"),
            invalid("a method with a blank", withMethod("\"tools/call \""), "method: is not"),
            invalid("a method with a line end", withMethod("\"tools/call\\n\""), "method: is not"),
            invalid("a method with a Cyrillic letter", withMethod("\"tools/c\u0430ll\""), "method: is not"),
            invalid("a number as method", withMethod("1"), "method: is not"),
            invalid("null as method", withMethod("null"), "method: is not"),
            invalid("an array as params", withMethod("\"m\",\"params\":[1]"), "params: is not an object"),
            invalid("null as params", withMethod("\"m\",\"params\":null"), "params: is not an object"),
            invalid(
                    "a text as _meta",
                    withMethod("\"m\",\"params\":{\"_meta\":\"x\"}"),
                    "params._meta: is not an object"),
            invalid("an array as result", answer("\"result\":[]"), "result: is not an object"),
            invalid(
                    "a text as _meta of a result",
                    answer("\"result\":{\"_meta\":1}"),
                    "result._meta: is not an object"),
            invalid("a text as error", answer("\"error\":\"x\""), "error: is not an object"),
            invalid("an error without code", answer("\"error\":{\"message\":\"x\"}"), "error.code: is not an integer"),
            invalid("a fractional code", answer("\"error\":{\"code\":1.5,\"message\":\"x\"}"), "error.code: is not"),
            invalid("an error without text", answer("\"error\":{\"code\":1}"), "error.message: is not a text"),
            invalid("an unknown name", withMethod("\"m\",\"extra\":1"), "a name is none of"),
            invalid("prototype pollution", withMethod("\"m\",\"__proto__\":{}"), "a name is none of"),
            batch("an empty batch", "[]"),
            batch("a batch", "[" + params("") + "]"));

    static Stream<Arguments> envelopes() {
        return ENVELOPES.stream();
    }

    private static final List<Arguments> LOOKALIKES = List.of(
            invalid("two names", params("\"name\":\"a\",\"name\":\"b\""), "occurs twice"),
            invalid("two names, one escaped", params("\"name\":\"a\",\"\\u006eame\":\"b\""), "occurs twice"),
            invalid("two methods", withMethod("\"m\",\"method\":\"n\""), "occurs twice"),
            invalid(
                    "two names far below",
                    params("\"arguments\":{\"a\":[{\"b\":1,\"c\":2,\"d\":3,\"b\":4}]}"),
                    "twice"),
            invalid("two empty names", params("\"\":1,\"\":2"), "occurs twice"),
            invalid("upper case", params("\"Name\":\"a\""), "looks like params.name"),
            invalid("upper case beside", params("\"name\":\"a\",\"NAME\":\"b\""), "looks like params.name"),
            invalid("upper case before", params("\"nAme\":\"a\",\"name\":\"b\""), "looks like params.name"),
            invalid("an upper case method", withMethod("\"m\",\"Method\":\"n\""), "looks like method"),
            invalid("an upper case id", withMethod("\"m\",\"ID\":2"), "looks like id"),
            invalid("full width", params("\"\uff4eame\":\"a\""), "looks like params.name"),
            invalid("a zero-width space", params("\"na\u200bme\":\"a\""), "looks like params.name"),
            invalid("a zero-width joiner", params("\"name\u200d\":\"a\""), "looks like params.name"),
            invalid("a byte order mark", params("\"\ufeffname\":\"a\""), "looks like params.name"),
            invalid("a soft hyphen", params("\"na\u00adme\":\"a\""), "looks like params.name"),
            invalid("an escaped NUL", params("\"name\\u0000\":\"a\""), "looks like params.name"),
            invalid("a trailing blank", params("\"name \":\"a\""), "looks like params.name"),
            invalid("a variation selector", params("\"name\ufe0f\":\"a\""), "looks like params.name"),
            invalid("a tag character", params("\"name\\udb40\\udc61\":\"a\""), "looks like params.name"),
            invalid("a Hangul filler", params("\"name\u3164\":\"a\""), "looks like params.name"),
            invalid("a long s", params("\"argument\u017f\":{}"), "looks like params.arguments"),
            invalid("a Kelvin sign", params("\"task\":{},\"ta\u017f\u212a\":{}"), "looks like params.task"),
            invalid("a dotless i", params("\"ur\u0131\":\"a\""), "looks like params.uri"),
            invalid("a dotted I", params("\"ur\u0130\":\"a\""), "looks like params.uri"),
            invalid("a ligature", params("\"re\ufb00\":{},\"re\uff46\":{}"), "looks like params.ref"),
            invalid(
                    "upper case in _meta",
                    params("\"_meta\":{\"IO.modelcontextprotocol/protocolVersion\":\"x\"}"),
                    "looks like params._meta.io.modelcontextprotocol/protocolVersion"),
            invalid("upper case _meta", params("\"_Meta\":{}"), "looks like params._meta"),
            invalid(
                    "upper case in a result",
                    answer("\"result\":{\"ResultType\":\"x\"}"),
                    "looks like result.resultType"),
            invalid(
                    "upper case in an error",
                    answer("\"error\":{\"code\":1,\"message\":\"\",\"Code\":2}"),
                    "error.code"));

    static Stream<Arguments> lookalikes() {
        return LOOKALIKES.stream();
    }

    static Stream<Arguments> bounds() {
        return Stream.of(
                beyond("65 levels", params("\"a\":" + "[".repeat(63) + "]".repeat(63)), "depth (65)"),
                beyond("a million brackets", params("\"a\":" + "[".repeat(1_000_000)), "depth (65)"),
                beyond("65 digits", params("\"a\":" + "1".repeat(65)), "Number value length (65)"),
                beyond("65 digits behind the point", params("\"a\":1." + "1".repeat(64)), "Number value length"),
                beyond("a billion in the exponent", params("\"a\":1e999999999"), "exponent beyond ±999"),
                beyond("a negative exponent", params("\"a\":1E-1000"), "exponent beyond ±999"),
                beyond("an exponent beyond int", params("\"a\":1e+99999999999999999999"), "exponent beyond ±999"),
                beyond("an exponent behind zeros", params("\"a\":1e0000001000"), "exponent beyond ±999"),
                beyond("a long text", params("\"a\":\"" + "x".repeat((1 << 20) + 1) + "\""), "1048576"),
                beyond("a long name", params("\"" + "n".repeat(257) + "\":1"), "256"),
                beyond("many tokens", params("\"a\":[" + "1,".repeat(200_000) + "1]"), "200000"),
                Arguments.of(
                        "5 MiB",
                        utf8(params("\"a\":[" + "\"x\",".repeat(1_100_000))),
                        Fault.TOO_LARGE,
                        "at most 4194304"));
    }

    private static Arguments unparsable(String what, String json) {
        return Arguments.of(what, utf8(json), Fault.UNPARSABLE, "");
    }

    private static Arguments bytes(String what, byte[] document, String problem) {
        return Arguments.of(what, document, Fault.UNPARSABLE, problem);
    }

    private static Arguments invalid(String what, String json, String problem) {
        return Arguments.of(what, utf8(json), Fault.INVALID, problem);
    }

    private static Arguments batch(String what, String json) {
        return Arguments.of(what, utf8(json), Fault.BATCH, "only sessions of 2025-03-26");
    }

    private static Arguments beyond(String what, String json, String problem) {
        return Arguments.of(what, utf8(json), Fault.BEYOND_LIMIT, problem);
    }

    private static String params(String members) {
        return OPEN + members + "}}";
    }

    private static String withId(String id) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"m\"}";
    }

    private static String withMethod(String method) {
        return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":" + method + "}";
    }

    private static String answer(String members) {
        return "{\"jsonrpc\":\"2.0\",\"id\":1," + members + "}";
    }

    private static byte[] text(int... octets) {
        var document = new ByteArrayOutputStream();
        document.writeBytes(utf8(OPEN + "\"a\":\""));
        for (int octet : octets) {
            document.write(octet);
        }
        document.writeBytes(utf8("\"}}"));
        return document.toByteArray();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
