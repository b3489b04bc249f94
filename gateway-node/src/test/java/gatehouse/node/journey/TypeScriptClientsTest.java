package gatehouse.node.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Both generations of the official TypeScript SDK hold a full session through a node.
@Tag("harness")
class TypeScriptClientsTest {
    private static final List<String> WITH_SESSIONS = List.of(
            "initialize",
            "list tools",
            "call",
            "call that fails",
            "progress",
            "prompts",
            "resources",
            "templates",
            "sampling",
            "elicitation",
            "subscribe and update",
            "tool list changed",
            "cancellation",
            "resume after a cut",
            "ping",
            "terminate",
            "completion",
            "logging",
            "roots");

    private static final List<String> WITHOUT_SESSIONS = List.of(
            "discover",
            "list tools",
            "call",
            "era",
            "structured output",
            "mirrored header",
            "progress",
            "prompts",
            "resources",
            "templates",
            "elicitation",
            "sampling",
            "listen",
            "cancellation",
            "completion",
            "roots",
            "logging");

    private static final List<String> OVER_EITHER_TRANSPORT = List.of(
            "session", "calls at once", "progress", "questions", "resources and prompts", "updates", "cancellation");

    private final Harness harness = Harness.required();

    @TempDir
    private Path directory;

    @Test
    void the_first_generation_holds_a_full_session() {
        assertThat(told("sdk1.mjs", List.of("reference", "conformance", "everything")))
                .isEqualTo(WITH_SESSIONS);
    }

    @Test
    void the_second_generation_holds_a_full_session() {
        assertThat(told("sdk2.mjs", List.of("reference", "conformance", "everything")))
                .isEqualTo(WITH_SESSIONS);
    }

    @Test
    void the_second_generation_does_without_a_session() {
        assertThat(told("sdk2-modern.mjs", List.of("modern", "conformance"))).isEqualTo(WITHOUT_SESSIONS);
    }

    @Test
    void both_generations_get_along_with_the_older_transport_on_either_side() {
        var told = told("older.mjs", List.of("everything", "everything-sse"));

        assertThat(told)
                .filteredOn(step -> !OVER_EITHER_TRANSPORT.contains(step.substring(step.indexOf(": ") + 2)))
                .isEmpty();
        assertThat(told).hasSize(2 * 2 * 2 * OVER_EITHER_TRANSPORT.size());
    }

    private List<String> told(String script, List<String> names) {
        try (var stage = new Stage(harness, names, directory)) {
            var front = stage.front();
            var urls = new LinkedHashMap<String, URI>();
            names.forEach(name -> urls.put(name, front.route(name)));
            return new ClientScript(harness, directory, script)
                    .told(urls, front.headers(), Map.of(), Duration.ofMinutes(2));
        }
    }
}
