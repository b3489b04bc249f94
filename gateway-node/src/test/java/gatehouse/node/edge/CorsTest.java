package gatehouse.node.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CorsTest {

    private static final String APP = "https://app.example";
    private static final Set<String> LISTED = Set.of(APP);

    @Test
    void an_origin_that_is_not_listed_learns_nothing() {
        assertThat(Cors.preflight("https://evil.example", LISTED, List.of("x"))).isEmpty();
        assertThat(Cors.preflight(APP, Set.of(), List.of("x"))).isEmpty();
        assertThat(Cors.headers("https://evil.example", LISTED)).isEmpty();
    }

    @Test
    void a_listed_origin_is_named_and_nobody_else() {
        var answer = Cors.preflight(APP, LISTED, List.of("content-type")).orElseThrow();

        assertThat(answer)
                .containsEntry("Access-Control-Allow-Origin", APP)
                .containsEntry("Vary", "Origin")
                .containsEntry("Access-Control-Allow-Methods", "GET, POST, DELETE")
                .doesNotContainKey("Access-Control-Allow-Credentials")
                .doesNotContainValue("*");
        assertThat(sent(answer).split(", "))
                .contains(
                        "content-type",
                        "authorization",
                        "mcp-session-id",
                        "last-event-id",
                        "mcp-protocol-version",
                        "mcp-method",
                        "mcp-name");
        assertThat(Cors.headers(APP, LISTED))
                .containsEntry("Access-Control-Expose-Headers", "mcp-session-id, www-authenticate");
    }

    @Test
    void mirrored_parameters_are_allowed_by_the_name_asked_for_and_nothing_else_is() {
        var answer = Cors.preflight(
                        APP, LISTED, List.of("mcp-param-region, Mcp-Param-City", "x-other, mcp-param-a\r\nSet-Cookie"))
                .orElseThrow();

        assertThat(sent(answer))
                .endsWith(", mcp-name, mcp-param-region, Mcp-Param-City")
                .doesNotContain("x-other", "Cookie");
    }

    private static String sent(Map<String, String> answer) {
        return answer.getOrDefault("Access-Control-Allow-Headers", "");
    }
}
