package gatehouse.node.edge;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.node.edge.Content.NotAccepted;
import gatehouse.node.edge.Content.Repeated;
import gatehouse.node.edge.Content.Understood;
import gatehouse.node.edge.Content.Unsupported;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentTest {

    private static final List<String> NONE = List.of();
    private static final List<String> JSON = List.of("application/json");
    private static final List<String> BOTH = List.of("application/json, text/event-stream");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "Application/JSON",
                "application/json; charset=utf-8",
                "application/json;charset=UTF-8",
                "application/json; charset=\"utf-8\"",
            })
    void json_in_utf_8_is_read(String type) {
        assertThat(Content.judgePost(List.of(type), NONE, BOTH)).isEqualTo(new Understood());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text/plain",
                "application/json-rpc",
                "application/jsonx",
                "application/json, text/plain",
                "application/json; charset=utf-16",
                "application/json; charset=iso-8859-1",
                "application/json; boundary=x",
                "application/json; charset=utf-8; charset=utf-16",
            })
    void any_other_type_is_not_supported(String type) {
        assertThat(Content.judgePost(List.of(type), NONE, BOTH)).isInstanceOf(Unsupported.class);
    }

    @Test
    void no_type_is_not_supported_and_two_are_one_too_many() {
        assertThat(Content.judgePost(NONE, NONE, BOTH)).isInstanceOf(Unsupported.class);
        assertThat(Content.judgePost(List.of("application/json", "application/json"), NONE, BOTH))
                .isEqualTo(new Repeated("content-type"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "br", "identity, gzip", ""})
    void a_coded_body_is_not_supported(String coding) {
        assertThat(Content.judgePost(JSON, List.of(coding), BOTH)).isInstanceOf(Unsupported.class);
    }

    @Test
    void identity_is_no_coding() {
        assertThat(Content.judgePost(JSON, List.of("Identity"), BOTH)).isEqualTo(new Understood());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*/*",
                "text/event-stream,application/json",
                "application/json;q=0.5, text/event-stream; q=0.1",
                "application/*, text/*",
                "APPLICATION/JSON, Text/Event-Stream",
            })
    void a_post_takes_both_kinds_of_answer(String accept) {
        assertThat(Content.judgePost(JSON, NONE, List.of(accept))).isEqualTo(new Understood());
    }

    @Test
    void both_may_stand_in_headers_of_their_own() {
        assertThat(Content.judgePost(JSON, NONE, List.of("application/json", "text/event-stream")))
                .isEqualTo(new Understood());
    }

    @Test
    void a_post_that_takes_one_kind_only_is_not_accepted() {
        assertThat(Content.judgePost(JSON, NONE, JSON)).isEqualTo(new NotAccepted("text/event-stream"));
        assertThat(Content.judgePost(JSON, NONE, List.of("text/event-stream")))
                .isEqualTo(new NotAccepted("application/json"));
        assertThat(Content.judgePost(JSON, NONE, NONE)).isEqualTo(new NotAccepted("application/json"));
        assertThat(Content.judgePost(JSON, NONE, List.of("*/*, application/json;q=0")))
                .isEqualTo(new NotAccepted("application/json"));
    }

    @Test
    void a_get_takes_events() {
        assertThat(Content.judgeGet(List.of("text/event-stream"))).isEqualTo(new Understood());
        assertThat(Content.judgeGet(List.of("*/*"))).isEqualTo(new Understood());
        assertThat(Content.judgeGet(JSON)).isEqualTo(new NotAccepted("text/event-stream"));
        assertThat(Content.judgeGet(NONE)).isEqualTo(new NotAccepted("text/event-stream"));
    }

    @Test
    void a_header_that_may_come_once_comes_once() {
        assertThat(Content.judgeNames(List.of("accept", "accept", "mcp-session-id", "origin")))
                .isEqualTo(new Understood());
        for (var name : Content.singletons()) {
            assertThat(Content.judgeNames(List.of(name, "x", name))).isEqualTo(new Repeated(name));
        }
    }
}
