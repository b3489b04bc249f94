package gatehouse.session.federation;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.config.catalogue.RouteId;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class CursorsTest {

    private static final String VERSION = "0123456789abcdef";

    private final Cursors cursors = new Cursors(Federating.STAMP, new RouteId("r"), ListKind.TOOLS);

    @Test
    void a_cursor_leads_to_its_page_on_every_node() {
        var elsewhere = new Cursors(new Stamp(new byte[32]), new RouteId("r"), ListKind.TOOLS);

        assertThat(elsewhere.page(cursors.at(VERSION, 7), VERSION)).contains(7);
    }

    @Test
    void a_cursor_of_another_version_list_route_or_gateway_leads_nowhere() {
        var cursor = cursors.at(VERSION, 1);

        assertThat(cursors.page(cursor, "0123456789abcdee")).isEmpty();
        assertThat(new Cursors(Federating.STAMP, new RouteId("r"), ListKind.PROMPTS).page(cursor, VERSION))
                .isEmpty();
        assertThat(new Cursors(Federating.STAMP, new RouteId("s"), ListKind.TOOLS).page(cursor, VERSION))
                .isEmpty();
        assertThat(new Cursors(new Stamp(new byte[] {1}), new RouteId("r"), ListKind.TOOLS).page(cursor, VERSION))
                .isEmpty();
        assertThat(cursors.page("", VERSION)).isEmpty();
    }

    @RepeatedTest(100)
    void a_cursor_that_was_touched_leads_nowhere(RepetitionInfo run) {
        var random = new Random(run.getCurrentRepetition());
        var cursor = new StringBuilder(cursors.at(VERSION, random.nextInt(1000)));
        var at = random.nextInt(cursor.length());
        cursor.setCharAt(at, cursor.charAt(at) == '1' ? '2' : '1');

        assertThat(cursors.page(cursor.toString(), VERSION)).isEmpty();
    }
}
