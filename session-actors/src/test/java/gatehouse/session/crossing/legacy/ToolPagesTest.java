package gatehouse.session.crossing.legacy;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.session.mcp.Id;
import gatehouse.session.mcp.Message;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ToolPagesTest {

    @Test
    void pages_are_followed_while_they_tell_something_new() {
        var pages = new ToolPages(3);

        assertThat(pages.add(page(0, 1, 1))).contains("\"next 0\"");
        assertThat(pages.add(page(1, 1, 1))).contains("\"next 1\"");
        assertThat(pages.add(page(2, 1, 1))).isEmpty();
        assertThat(pages.annotations()).containsOnlyKeys("t0-0", "t1-0", "t2-0");
    }

    @Test
    void of_endless_annotations_the_first_are_kept_and_the_rest_is_unknown() {
        var pages = new ToolPages(64);

        assertThat(pages.add(page(0, 60, 64))).isPresent();
        assertThat(pages.add(page(1, 60, 64))).isEmpty();

        assertThat(pages.annotations()).hasSize(64).containsKeys("t0-0", "t0-59", "t1-3");
        assertThat(pages.annotations().values().stream().mapToInt(List::size).sum())
                .isEqualTo(ToolPages.ANNOTATIONS);
    }

    @Test
    void pages_are_read_up_to_a_size_and_what_was_learnt_until_then_is_kept() {
        var small = page(0, 1, 1);
        var pages = new ToolPages(64, small.bytes().length() + 100);

        assertThat(pages.add(small)).isPresent();
        assertThat(pages.add(page(1, 1, 1))).isEmpty();

        assertThat(pages.annotations()).containsOnlyKeys("t0-0");
    }

    private static Message page(int number, int tools, int annotations) {
        var all = IntStream.range(0, tools)
                .mapToObj(i -> "{\"name\":\"t%d-%d\",\"inputSchema\":%s}".formatted(number, i, schema(annotations)))
                .collect(joining(","));
        return Message.result(new Id.Number(1), "{\"tools\":[" + all + "],\"nextCursor\":\"next " + number + "\"}");
    }

    private static String schema(int annotations) {
        return IntStream.range(0, annotations)
                .mapToObj(i -> "\"a%d\":{\"type\":\"string\",\"x-mcp-header\":\"H%d\"}".formatted(i, i))
                .collect(joining(",", "{\"properties\":{", "}}"));
    }
}
