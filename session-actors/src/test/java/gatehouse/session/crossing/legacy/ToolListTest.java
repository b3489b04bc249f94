package gatehouse.session.crossing.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.session.mcp.Id;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Place;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

class ToolListTest {

    private static final String PLAIN =
            "{\"name\":\"plain\",\"inputSchema\":{\"type\":\"object\",\"$defs\":{}},\"new\":[1,2.0]}";
    private static final String LISTS =
            "{\"name\":\"lists\",\"inputSchema\":{\"type\":\"object\"},\"outputSchema\":{\"type\":\"array\"}}";
    private static final String BROKEN = "{\"name\":\"broken\",\"inputSchema\":{\"type\":\"object\","
            + "\"properties\":{\"a\":{\"type\":\"number\",\"x-mcp-header\":\"A\"}}}}";
    private static final String SOUND = "{\"name\":\"sound\",\"inputSchema\":{\"type\":\"object\","
            + "\"properties\":{\"a\":{\"type\":\"string\",\"x-mcp-header\":\"A\"}}},\"outputSchema\":{\"type\":\"object\"}}";

    @Test
    void tools_that_nobody_stumbles_over_are_shown_as_they_are() {
        var answer = Message.result(new Id.Number(1), "{\"tools\":[" + PLAIN + ", " + SOUND + "],\"nextCursor\":\"\"}");

        assertThat(ToolList.shown(answer, false)).isSameAs(answer);
    }

    @Test
    void a_tool_with_an_unsound_annotation_is_not_shown() {
        assertThat(shown(BROKEN + "," + PLAIN, false)).isEqualTo("[" + PLAIN + "]");
    }

    @Test
    void an_output_that_is_no_object_is_not_described() {
        assertThat(shown(LISTS, false)).isEqualTo("[{\"name\":\"lists\",\"inputSchema\":{\"type\":\"object\"}}]");
    }

    @Test
    void tools_can_be_called_as_tasks_only_where_the_way_there_is_known() {
        var own = "{\"name\":\"t\",\"execution\":{\"taskSupport\":\"required\"},\"inputSchema\":{}}";

        assertThat(shown(own, false)).isEqualTo("[{\"name\":\"t\",\"inputSchema\":{}}]");
        assertThat(shown(own, true)).contains("\"execution\":{\"taskSupport\":\"optional\"}");
    }

    @Test
    void only_sound_annotations_are_learnt() {
        var answer = Message.result(new Id.Number(1), "{\"tools\":[" + PLAIN + "," + BROKEN + "," + SOUND + "]}");

        assertThat(ToolList.annotations(answer, 1)).containsOnlyKeys("sound");
    }

    @Test
    void a_tool_with_a_name_that_is_too_long_is_not_remembered() {
        var answer = Message.result(
                new Id.Number(1), "{\"tools\":[" + SOUND.replace("sound", "s".repeat(257)) + "," + SOUND + "]}");

        assertThat(ToolList.annotations(answer, 2)).containsOnlyKeys("sound");
    }

    private static String shown(String tools, boolean tasks) {
        return ToolList.shown(Message.result(new Id.Number(1), "{\"tools\":[" + tools + "]}"), tasks)
                .raw(Place.RESULT_TOOLS)
                .map(ByteString::utf8String)
                .orElse("");
    }
}
