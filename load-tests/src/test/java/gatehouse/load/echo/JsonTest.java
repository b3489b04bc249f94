package gatehouse.load.echo;

import static gatehouse.load.echo.Words.word;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JsonTest {
    @Test
    void a_member_is_found_behind_others_of_every_kind() {
        assertThat(member("{\"a\":[1,{\"id\":2}],\"b\":{\"id\":3}, \"c\":\"id\", \"id\" : \"x\" }", "id"))
                .isEqualTo("\"x\"");
    }

    @Test
    void what_looks_like_a_member_within_a_string_is_none() {
        assertThat(member("{\"text\":\"\\\",\\\"id\\\":7,\\\"\",\"id\":8}", "id"))
                .isEqualTo("8");
    }

    @Test
    void an_object_is_returned_as_it_stands() {
        assertThat(member("{\"params\":{\"a\":\"}\",\"b\":[{}]},\"id\":1}", "params"))
                .isEqualTo("{\"a\":\"}\",\"b\":[{}]}");
    }

    @Test
    void what_is_missing_or_broken_off_is_empty() {
        assertThat(member("{\"a\":1}", "id")).isEmpty();
        assertThat(member("{}", "id")).isEmpty();
        assertThat(member("", "id")).isEmpty();
        assertThat(member("{\"id", "id")).isEmpty();
    }

    private static String member(String json, String name) {
        var bytes = word(json);
        return Json.member(new Span(bytes, 0, bytes.length), word(name)).text();
    }
}
