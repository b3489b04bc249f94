package gatehouse.session.federation;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.config.catalogue.Alias;
import gatehouse.config.catalogue.Course;
import gatehouse.config.catalogue.RouteId;
import gatehouse.session.fake.FakeUpstream;
import gatehouse.session.mcp.Element;
import gatehouse.session.mcp.Id;
import gatehouse.session.mcp.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class JointListTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final FakeUpstream NOWHERE = FakeUpstream.start();

    @AfterAll
    static void close() {
        NOWHERE.close();
    }

    private static Part part(String alias, List<String> names, Instant until) {
        var items = names.stream()
                .map(name -> new Element(name, ByteString.fromString(Federating.tool(name))))
                .toList();
        var listing = Listing.of(items, Duration.ofMinutes(1), true, false);
        return new Part(
                new Course.Member(new Alias(alias), Federating.upstream(alias, NOWHERE)),
                Optional.of(new Answered<>(listing, until, 1)));
    }

    private static JointList joined(List<Part> parts, int items, int bytes) {
        var cursors = new Cursors(Federating.STAMP, new RouteId("r"), ListKind.TOOLS);
        var form = new JointList.Form(ListKind.TOOLS, cursors, new FederationSettings.Pages(items, bytes), false);
        return JointList.of(parts, List.of(), form, new Rendering(ListKind.TOOLS, UriTable.unknown(List.of())));
    }

    @Test
    void a_list_is_good_as_long_as_its_shortest_part() {
        var list = joined(
                List.of(part("a", List.of("t"), NOW.plusSeconds(60)), part("b", List.of(), NOW.plusSeconds(5))),
                10,
                1000);

        var page = list.page(0, new Id.Number(1), NOW.plusSeconds(2)).orElseThrow();

        assertThat(page.raw(Place.RESULT_TTL_MS).map(ByteString::utf8String)).contains("3000");
        assertThat(list.page(1, new Id.Number(1), NOW)).isEmpty();
        assertThat(list.page(-1, new Id.Number(1), NOW)).isEmpty();
    }

    @Test
    void a_list_given_again_says_how_many_whole_seconds_it_is_still_good() {
        var list = joined(List.of(part("a", List.of("t"), NOW.plusSeconds(60))), 10, 1000);

        for (var then :
                Map.of(0, "60000", 20_400, "39000", 59_900, "0", 70_000, "0").entrySet()) {
            var page = list.page(0, new Id.Text("x"), NOW.plusMillis(then.getKey()))
                    .orElseThrow();
            assertThat(page.raw(Place.RESULT_TTL_MS).map(ByteString::utf8String))
                    .contains(then.getValue());
            assertThat(page.id()).contains(new Id.Text("x"));
        }
    }

    /// Whatever members list, in whatever order: every tool is on one page, pages are as large as they may be, and
    /// the
    /// list is the same wherever it is made.
    @RepeatedTest(100)
    void every_item_is_on_one_page_and_order_of_arrival_does_not_matter(RepetitionInfo run) {
        var random = new Random(run.getCurrentRepetition());
        var parts = new ArrayList<Part>();
        var again = new ArrayList<Part>();
        var expected = 0;
        for (int m = 0; m < 1 + random.nextInt(5); m++) {
            var names = new HashSet<String>();
            for (int i = 0; i < random.nextInt(30); i++) {
                names.add((random.nextBoolean() ? "tool." : "Tool_") + random.nextInt(100));
            }
            expected += names.size();
            var listed = new ArrayList<>(names);
            Collections.shuffle(listed, random);
            parts.add(part("m" + m, listed, NOW));
            Collections.shuffle(listed, random);
            again.add(part("m" + m, listed, NOW.plusSeconds(1)));
        }
        int items = 1 + random.nextInt(20);
        int bytes = 100 + random.nextInt(2000);

        var list = joined(parts, items, bytes);

        assertThat(joined(again, items, bytes).version()).isEqualTo(list.version());
        assertThat(names(list, items)).doesNotHaveDuplicates().hasSize(expected);
        assertThat(names(joined(again, items, bytes), items)).isEqualTo(names(list, items));
    }

    private static List<String> names(JointList list, int most) {
        var cursors = new Cursors(Federating.STAMP, new RouteId("r"), ListKind.TOOLS);
        var names = new ArrayList<String>();
        var number = Optional.of(0);
        while (number.isPresent()) {
            var page = list.page(number.get(), new Id.Number(1), NOW).orElseThrow();
            var found = Element.in(page.raw(Place.RESULT).orElseThrow(), "tools", "name");
            assertThat(found).hasSizeLessThanOrEqualTo(most);
            found.forEach(tool -> names.add(tool.key()));
            number = page.text(Place.RESULT_NEXT_CURSOR)
                    .map(cursor -> cursors.page(cursor, list.version()).orElseThrow());
        }
        return names;
    }
}
