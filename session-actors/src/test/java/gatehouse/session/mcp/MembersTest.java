package gatehouse.session.mcp;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import org.junit.jupiter.api.Test;

class MembersTest {

    @Test
    void every_member_is_taken_as_it_stands() {
        var json = "{ \"a\" : 1.0e2, \"b\":[ 1 ,{\"x\":\"\\u00e9\"}], \"c\":\"t\\n\",\"d\":null ,\"é\":{}}";

        assertThat(Members.of(json))
                .containsExactly(
                        entry("a", "1.0e2"),
                        entry("b", "[ 1 ,{\"x\":\"\\u00e9\"}]"),
                        entry("c", "\"t\\n\""),
                        entry("d", "null"),
                        entry("é", "{}"));
    }

    @Test
    void every_element_is_taken_as_it_stands() {
        assertThat(Members.elements("[1, \"a,b\" ,[2,3],{\"x\":[]} ,true]"))
                .containsExactly("1", "\"a,b\"", "[2,3]", "{\"x\":[]}", "true");
    }

    @Test
    void what_is_no_object_has_no_members_and_what_is_no_array_no_elements() {
        assertThat(Members.of("[1]")).isEmpty();
        assertThat(Members.of("")).isEmpty();
        assertThat(Members.elements("{}")).isEmpty();
        assertThat(Members.elements("null")).isEmpty();
    }

    @Test
    void members_become_an_object_again() {
        var members = new LinkedHashMap<>(Members.of("{\"a\":1,\"q\\\"\":[]}"));
        members.put("b", "{}");

        assertThat(Members.json(members)).isEqualTo("{\"a\":1,\"q\\\"\":[],\"b\":{}}");
        assertThat(Members.json(Members.elements("[1,2]"))).isEqualTo("[1,2]");
    }

    @Test
    void a_text_is_what_it_means_and_nothing_else_is_a_text() {
        assertThat(Members.text("\"a\\u0062\"")).contains("ab");
        assertThat(Members.text("1")).isEmpty();
        assertThat(Members.text(Members.of("{\"n\":\"x\"}"), "n")).contains("x");
        assertThat(Members.object(Members.of("{\"n\":[]}"), "n")).isEqualTo("{}");
    }
}
