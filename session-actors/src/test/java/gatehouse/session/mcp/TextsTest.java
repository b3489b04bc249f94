package gatehouse.session.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

class TextsTest {

    private static String replaced(Texts texts, String json) {
        return new String(
                texts.replaced(
                        json.getBytes(StandardCharsets.UTF_8),
                        (path, text) -> path + "=" + text.toUpperCase(Locale.ROOT)),
                StandardCharsets.UTF_8);
    }

    @Test
    void texts_at_the_paths_change_and_every_other_byte_stays() {
        assertThat(
                        replaced(
                                Texts.at("a.*.b", "c"),
                                "{ \"a\":[ {\"b\":\"x\" , \"d\":\"y\"}, {\"b\":1.50}, \"z\", {\"b\":[\"x\"]} ],\"c\" : \"\\u0078\",\"b\":\"q\"}"))
                .isEqualTo("{ \"a\":[ {\"b\":\"a.*.b=X\" , \"d\":\"y\"}, {\"b\":1.50}, \"z\", {\"b\":[\"x\"]} ],\"c\" :"
                        + " \"c=X\",\"b\":\"q\"}");
    }

    @Test
    void a_name_goes_before_every_name() {
        assertThat(replaced(Texts.at("*.u", "r.u.v"), "{\"r\":{\"u\":\"1\"},\"s\":{\"u\":\"2\"}}"))
                .isEqualTo("{\"r\":{\"u\":\"1\"},\"s\":{\"u\":\"*.u=2\"}}");
    }

    @Test
    void letters_of_any_length_keep_their_places() {
        assertThat(replaced(Texts.at("k.*"), "{\"é\":\"ü\",\"k\":[\"工\",\"\ud83d\ude00\",\"\"],\"z\":\"ß\"}"))
                .isEqualTo("{\"é\":\"ü\",\"k\":[\"k.*=工\",\"k.*=\ud83d\ude00\",\"k.*=\"],\"z\":\"ß\"}");
    }

    @Test
    void a_message_without_such_texts_is_the_same_message() {
        var message = Message.request(new Id.Number(1), "m", "{\"name\":\"n\"}");

        assertThat(message.with(Texts.at("params.uri"), (path, text) -> "!")).isSameAs(message);
        assertThat(message.texts(Texts.at("params.name"))).isEqualTo(Map.of("params.name", "n"));
    }

    @Test
    void the_elements_of_a_list_are_told_apart_as_they_came() {
        var object = ByteString.fromString(
                "{\"x\":[{\"name\":\"no\"}],\"tools\":[{\"name\":\"a\",\"s\":{\"name\":\"no\"}} , 7, {\"n\":1}, { \"t\":[1], \"name\":\"\\u0062\" }]}");

        var elements = Element.in(object, "tools", "name");

        assertThat(elements).extracting(Element::key).containsExactly("a", "b");
        assertThat(elements)
                .extracting(element -> element.json().utf8String())
                .containsExactly("{\"name\":\"a\",\"s\":{\"name\":\"no\"}}", "{ \"t\":[1], \"name\":\"\\u0062\" }");
        assertThat(Element.in(object, "prompts", "name")).isEmpty();
    }

    @Test
    void the_members_of_an_object_are_told_apart_as_they_came() {
        var members = new ArrayList<String>();
        Json.members(ByteString.fromString("{\"a\":\"x\\n\",\"b\": {\"c\":[1, 2]},\"d\":-1.0e5,\"e\":null}"))
                .forEach((name, json) -> members.add(name + "=" + json.utf8String()));

        assertThat(members).containsExactly("a=\"x\\n\"", "b={\"c\":[1, 2]}", "d=-1.0e5", "e=null");
        assertThat(Json.members(ByteString.fromString("[1]"))).isEmpty();
    }
}
