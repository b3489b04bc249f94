package gatehouse.session.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class NestedTest {

    private static ByteString json(String text) {
        return ByteString.fromString(text);
    }

    @Test
    void the_members_of_an_object_keep_their_order_and_every_byte() {
        var members = Nested.members(json("{ \"b\" : 1.50e2 , \"a\":[1, 2],\"\\u0063\": \"\\u00e9\" ,\"d\":{}}"));

        assertThat(members.keySet()).containsExactly("b", "a", "c", "d");
        assertThat(members.values().stream().map(ByteString::utf8String))
                .containsExactly("1.50e2", "[1, 2]", "\"\\u00e9\"", "{}");
    }

    @Test
    void what_is_no_object_has_no_members_and_what_is_no_array_no_elements() {
        assertThat(Nested.members(json("[1]"))).isEmpty();
        assertThat(Nested.members(json("null"))).isEmpty();
        assertThat(Nested.members(ByteString.emptyByteString())).isEmpty();
        assertThat(Nested.elements(json("{\"a\":[1]}"))).isEmpty();
    }

    @Test
    void a_text_means_what_its_escapes_say_and_nothing_else_is_a_text() {
        assertThat(Nested.text(json("\"a\\u0062\""))).contains("ab");
        assertThat(Nested.text(json("12"))).isEmpty();
        assertThat(Nested.text(ByteString.emptyByteString())).isEmpty();
    }

    /// Taking apart and putting together again is the same, in whatever depth.
    @RepeatedTest(100)
    void nothing_is_lost_between(RepetitionInfo run) {
        var random = new Random(run.getCurrentRepetition());
        var object = value(random, 4, true);

        assertThat(Nested.object(Nested.members(json(object)))).isEqualTo(object);
    }

    private static String value(Random random, int depth, boolean object) {
        if (!object && (depth == 0 || random.nextInt(3) == 0)) {
            return switch (random.nextInt(4)) {
                case 0 -> Integer.toString(random.nextInt());
                case 1 -> "\"t" + random.nextInt(9) + "\\n\"";
                case 2 -> "true";
                default -> "-0.0E+7";
            };
        }
        var parts = new StringBuilder();
        var named = object || random.nextBoolean();
        var count = random.nextInt(4);
        for (var i = 0; i < count; i++) {
            parts.append(i == 0 ? "" : ",").append(named ? "\"n" + i + "\":" : "");
            parts.append(value(random, depth - 1, false));
        }
        return (named ? "{" : "[") + parts + (named ? "}" : "]");
    }
}
