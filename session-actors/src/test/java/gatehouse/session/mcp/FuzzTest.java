package gatehouse.session.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.session.mcp.Reading.Malformed;
import gatehouse.session.mcp.Reading.Read;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever is sent, the reader answers, and what it lets through means the same to an independent reader.
///
/// `-Dgatehouse.fuzz.seeds=10000` runs longer, `-Dgatehouse.fuzz.from=SEED` begins at the seed that a failure names.
class FuzzTest {

    private static final int ROUNDS = 1000;
    private static final Codec CODEC = new Codec(Samples.LIMITS);
    private static final ObjectMapper TREES = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    static LongStream seeds() {
        long from = Long.getLong("gatehouse.fuzz.from", 1);
        return LongStream.range(from, from + Long.getLong("gatehouse.fuzz.seeds", 20));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void what_is_let_through_means_the_same_to_another_reader(long seed) throws IOException {
        var mutations = new Mutations(new Random(seed));
        int read = 0;
        for (int round = 0; round < ROUNDS; round++) {
            read += check(mutations.document(), "seed " + seed + ", round " + round) ? 1 : 0;
        }

        assertThat(read).as("documents let through").isBetween(ROUNDS / 20, ROUNDS - ROUNDS / 20);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void random_bytes_are_answered(long seed) throws IOException {
        var random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            var document = new byte[random.nextInt(200)];
            random.nextBytes(document);
            check(document, "seed " + seed + ", round " + round);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void an_edit_does_to_the_message_what_it_does_to_its_tree(long seed) throws IOException {
        var random = new Random(seed);
        for (int round = 0; round < ROUNDS / 10; round++) {
            var document = Samples.MESSAGES.get(random.nextInt(Samples.MESSAGES.size()));
            var message = random.nextBoolean() ? Samples.client(document) : Samples.upstream(document);
            for (int edit = 0; edit < 8; edit++) {
                message = edited(message, random, "seed " + seed + ", round " + round + ", edit " + edit);
            }
        }
    }

    private static boolean check(byte[] document, String which) throws IOException {
        var original = document.clone();
        var rewritten = CODEC.fromClient(ByteString.fromArrayUnsafe(document));
        var carried = CODEC.fromUpstream(ByteString.fromArrayUnsafe(document));
        assertThat(document).as(which).isEqualTo(original);
        for (var reading : new Reading[] {rewritten, carried}) {
            switch (reading) {
                case Read(Message message) -> agree(message, TREES.readTree(document), which);
                case Malformed malformed ->
                    assertThat(malformed.text()).as(which).doesNotContain(Samples.MARK);
            }
        }
        if (rewritten instanceof Read) {
            assertThat(carried).as(which).isInstanceOf(Read.class);
        }
        if (carried instanceof Read(Message message)) {
            assertThat(message.bytes().size()).as(which).isEqualTo(document.length);
        }
        return rewritten instanceof Read;
    }

    /// The message is one line, means the tree, and has its places where the tree has them.
    private static void agree(Message message, JsonNode tree, String which) throws IOException {
        var bytes = message.bytes().toArray();
        assertThat(bytes).as(which).doesNotContain('\n', '\r');
        assertThat(TREES.readTree(bytes)).as(which).isEqualTo(tree);
        for (var place : Place.values()) {
            if (place == Place.ROOT || place == Place.ELSEWHERE) {
                continue;
            }
            var node = at(tree, place);
            assertThat(message.has(place)).as("%s at %s", which, place).isEqualTo(!node.isMissingNode());
            if (message.has(place)) {
                var there = TREES.readTree(message.raw(place).orElseThrow().toArray());
                assertThat(there).as("%s at %s", which, place).isEqualTo(node);
                assertThat(message.text(place).orElse("-"))
                        .as("%s at %s", which, place)
                        .isEqualTo(node.isTextual() ? node.textValue() : "-");
            }
        }
    }

    private static JsonNode at(JsonNode tree, Place place) {
        return place == Place.ROOT ? tree : at(tree, place.parent()).path(place.field());
    }

    private static Message edited(Message message, Random random, String which) throws IOException {
        var places = Arrays.stream(Place.values())
                .filter(place -> place.parent() != Place.ROOT && place != Place.ELSEWHERE)
                .filter(place ->
                        message.has(place) || place.parent() == Place.PARAMS_META || message.has(place.parent()))
                .filter(place -> place != Place.ERROR_CODE && place != Place.ERROR_MESSAGE)
                .filter(place -> message.kind() == Message.Kind.REQUEST || place.parent() != Place.PARAMS_META)
                .toList();
        if (places.isEmpty()) {
            return message;
        }
        var place = places.get(random.nextInt(places.size()));
        var tree = (ObjectNode) TREES.readTree(message.bytes().toArray());
        if (random.nextInt(3) == 0) {
            if (at(tree, place.parent()) instanceof ObjectNode parent) {
                parent.remove(place.field());
            }
            var after = message.without(place);
            agree(after, tree, which);
            return after;
        }
        boolean meta = place == Place.PARAMS_META || place == Place.RESULT_META;
        var value = meta ? "{\"progressToken\":1,\"x\":2}" : Samples.VALUES.get(random.nextInt(Samples.VALUES.size()));
        object(tree, place.parent()).set(place.field(), TREES.readTree(value));
        var after = message.with(place, value);
        agree(after, tree, which);
        return after;
    }

    private static ObjectNode object(ObjectNode tree, Place place) {
        if (place == Place.ROOT) {
            return tree;
        }
        var parent = object(tree, place.parent());
        return parent.get(place.field()) instanceof ObjectNode object ? object : parent.putObject(place.field());
    }
}
