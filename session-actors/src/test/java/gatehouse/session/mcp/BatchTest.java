package gatehouse.session.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Several messages of a client in one array.
class BatchTest {

    private static final Codec CODEC = new Codec(Samples.LIMITS);
    private static final String GOOD = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\"}";

    private static Batch read(String json) {
        return CODEC.batchFromClient(ByteString.fromString(json));
    }

    private static String many(int count) {
        return IntStream.range(0, count)
                .mapToObj(id -> "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"m\"}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    @Test
    void every_message_is_written_anew_from_what_was_understood() {
        var batch = (Batch.Read) read("""
                [ {"jsonrpc" : "2.0", "id" : 1, "method" : "\\u006d"},
                  {"jsonrpc":"2.0","method":"n","params":{"a":[1, 2]}}, {"jsonrpc":"2.0","id":"q","result":{}} ]""");

        assertThat(batch.messages().stream().map(message -> message.bytes().utf8String()))
                .containsExactly(
                        GOOD,
                        "{\"jsonrpc\":\"2.0\",\"method\":\"n\",\"params\":{\"a\":[1,2]}}",
                        "{\"jsonrpc\":\"2.0\",\"id\":\"q\",\"result\":{}}");
        assertThat(batch.messages().get(1).text(Place.METHOD)).contains("n");
    }

    @Test
    void thirty_two_are_read() {
        assertThat(read(many(32)))
                .isInstanceOfSatisfying(
                        Batch.Read.class, batch -> assertThat(batch.messages()).hasSize(32));
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                Arguments.of("none", "[]", Fault.BATCH, "batch: is empty"),
                Arguments.of("one too many", many(33), Fault.BATCH, "holds more than 32 messages"),
                Arguments.of("ten thousand", many(10_000), Fault.BATCH, "holds more than 32 messages"),
                Arguments.of(
                        "an array in an array", "[[" + GOOD + "]]", Fault.INVALID, "message 1 of the batch, message"),
                Arguments.of("a number", "[" + GOOD + ",1]", Fault.INVALID, "message 2 of the batch, message"),
                Arguments.of("null", "[null]", Fault.INVALID, "message 1 of the batch"),
                Arguments.of(
                        "one of another JSON-RPC",
                        "[" + GOOD + ",{\"jsonrpc\":\"1.0\",\"id\":2,\"method\":\"m\"}," + GOOD + "]",
                        Fault.INVALID,
                        "message 2 of the batch, jsonrpc: is not \"2.0\""),
                Arguments.of(
                        "one with a look-alike",
                        "[" + GOOD + ",{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"m\",\"Method\":\"n\"}]",
                        Fault.INVALID,
                        "looks like method"),
                Arguments.of(
                        "a name twice",
                        "[{\"jsonrpc\":\"2.0\",\"id\":1,\"id\":2,\"method\":\"m\"}]",
                        Fault.INVALID,
                        ""),
                Arguments.of("no end", "[" + GOOD, Fault.UNPARSABLE, ""),
                Arguments.of("a comma too many", "[" + GOOD + ",]", Fault.UNPARSABLE, ""),
                Arguments.of("two of them", "[" + GOOD + "][" + GOOD + "]", Fault.UNPARSABLE, "followed by something"),
                Arguments.of("a thousand brackets", "[".repeat(1000), Fault.INVALID, "message 1 of the batch"),
                Arguments.of(
                        "one that is too deep",
                        "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"params\":{\"a\":" + "[".repeat(70),
                        Fault.BEYOND_LIMIT,
                        "depth"),
                Arguments.of("no array", GOOD, Fault.INVALID, "is not an array"),
                Arguments.of("nothing", "", Fault.INVALID, "is not an array"));
    }

    /// Nothing of it is done, the good ones neither.
    @ParameterizedTest(name = "{0}")
    @MethodSource("bad")
    void is_refused_as_a_whole(String what, String json, Fault fault, String text) {
        assertThat(read(json)).isInstanceOfSatisfying(Reading.Malformed.class, malformed -> {
            assertThat(malformed.fault()).as(malformed.text()).isEqualTo(fault);
            assertThat(malformed.text()).contains(text);
            assertThat(malformed.id()).isEmpty();
        });
    }
}
