package gatehouse.session.federation;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.config.catalogue.Alias;
import gatehouse.session.federation.UriTable.Listed;
import gatehouse.session.federation.UriTable.Owned;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class UriTableTest {

    private static final Alias A = new Alias("a");
    private static final Alias B = new Alias("b");

    private static UriTable table(Listed a, Listed b) {
        var members = new LinkedHashMap<Alias, Listed>();
        members.put(A, a);
        members.put(B, b);
        return UriTable.of(members);
    }

    private static Listed lists(String... uris) {
        return new Listed(List.of(uris), List.of());
    }

    private static Listed makes(String... templates) {
        return new Listed(List.of(), List.of(templates));
    }

    @Test
    void a_uri_of_one_member_stays_as_it_is() {
        var table = table(lists("file:///x"), lists("file:///y"));

        assertThat(table.shown(A, "file:///x")).isEqualTo("file:///x");
        assertThat(table.owner("file:///y")).contains(new Owned(B, "file:///y"));
    }

    @Test
    void a_uri_of_two_members_is_wrapped_and_bare_it_is_nobodys() {
        var table = table(lists("file:///x"), lists("file:///x"));

        assertThat(table.shown(A, "file:///x")).isEqualTo("gatehouse+a:file:///x");
        assertThat(table.owner("gatehouse+b:file:///x")).contains(new Owned(B, "file:///x"));
        assertThat(table.owner("file:///x")).isEmpty();
    }

    @Test
    void a_uri_that_nobody_lists_is_wrapped_unless_one_template_makes_it() {
        var table = table(makes("test://item/{id}"), makes("log://{+path}"));

        assertThat(table.shown(A, "test://item/7")).isEqualTo("test://item/7");
        assertThat(table.owner("log://a/b/c")).contains(new Owned(B, "log://a/b/c"));
        assertThat(table.shown(B, "test://item/7")).isEqualTo("gatehouse+b:test://item/7");
        assertThat(table.shown(A, "test://item/7/8")).isEqualTo("gatehouse+a:test://item/7/8");
    }

    @Test
    void templates_that_may_make_the_same_uri_are_wrapped() {
        var table = table(makes("test://{id}"), makes("test://x/{id}", "other://{id}"));

        assertThat(table.shownTemplate(A, "test://{id}")).isEqualTo("gatehouse+a:test://{id}");
        assertThat(table.shownTemplate(B, "test://x/{id}")).isEqualTo("gatehouse+b:test://x/{id}");
        assertThat(table.shownTemplate(B, "other://{id}")).isEqualTo("other://{id}");
        assertThat(table.ownerOfTemplate("gatehouse+b:test://x/{id}")).contains(new Owned(B, "test://x/{id}"));
        assertThat(table.owner("test://7")).isEmpty();
    }

    @Test
    void an_interface_stays_one_with_the_alias_as_its_host() {
        var table = table(lists("ui://weather/map"), lists());

        assertThat(table.shown(A, "ui://weather/map")).isEqualTo("ui://a/weather/map");
        assertThat(table.owner("ui://a/weather/map")).contains(new Owned(A, "ui://weather/map"));
    }

    @Test
    void what_clients_fetch_themselves_is_never_touched() {
        var table = table(lists("https://example.org/x"), lists("https://example.org/x", "HTTP://example.org/y"));

        assertThat(table.shown(B, "https://example.org/x")).isEqualTo("https://example.org/x");
        assertThat(table.owner("https://example.org/x")).contains(new Owned(A, "https://example.org/x"));
        assertThat(table.shown(A, "HTTP://example.org/z")).isEqualTo("HTTP://example.org/z");
    }

    @Test
    void a_member_cannot_pass_for_another_by_wrapping_itself() {
        var table = table(lists("gatehouse+b:file:///x", "GATEHOUSE+b:file:///x"), lists("file:///x"));

        assertThat(table.shown(A, "gatehouse+b:file:///x")).isEqualTo("gatehouse+a:gatehouse+b:file:///x");
        assertThat(table.owner("gatehouse+b:file:///x")).contains(new Owned(B, "file:///x"));
        assertThat(table.shown(A, "GATEHOUSE+b:file:///x")).startsWith("gatehouse+a:");
        assertThat(table.owner("gatehouse+c:file:///x")).isEmpty();
    }

    @Test
    void where_nothing_is_known_everything_is_wrapped() {
        var table = UriTable.unknown(List.of(A, B));

        assertThat(table.shown(A, "file:///x")).isEqualTo("gatehouse+a:file:///x");
        assertThat(table.owner("gatehouse+a:file:///x")).contains(new Owned(A, "file:///x"));
    }

    /// Whatever is listed: what is shown leads back to whom it is from.
    @RepeatedTest(300)
    void whatever_is_shown_leads_back(RepetitionInfo run) {
        var random = new Random(run.getCurrentRepetition());
        var members = new LinkedHashMap<Alias, Listed>();
        for (int i = 0; i < 2 + random.nextInt(4); i++) {
            members.put(new Alias("m" + i), new Listed(uris(random, ""), uris(random, "{x}")));
        }
        var table = UriTable.of(members);

        for (var alias : members.keySet()) {
            for (var uri : uris(random, "")) {
                assertThat(table.owner(table.shown(alias, uri))).contains(new Owned(alias, uri));
            }
            for (var template : members.get(alias).templates()) {
                assertThat(table.ownerOfTemplate(table.shownTemplate(alias, template)))
                        .contains(new Owned(alias, template));
            }
        }
    }

    private static List<String> uris(Random random, String tail) {
        var schemes = List.of("file:///", "test://", "ui://", "gatehouse+m1:", "urn:", "");
        var rests = List.of("a", "a/b", "b", "a{+x}", "", "c?d=e");
        var uris = new ArrayList<String>();
        for (int i = 0; i < random.nextInt(6); i++) {
            uris.add(schemes.get(random.nextInt(schemes.size())) + rests.get(random.nextInt(rests.size())) + tail);
        }
        return uris;
    }
}
