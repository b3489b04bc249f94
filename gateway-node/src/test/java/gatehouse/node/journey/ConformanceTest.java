package gatehouse.node.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The official conformance suite finds through a node what it finds at the upstream alone.
@Tag("harness")
class ConformanceTest {
    /// Checks that have nothing to look at: prompt calls are answered as JSON, which the suite calls optional
    /// streaming; and
    /// when an upstream hangs up in mid-call, the node fetches the rest itself, so its client never has to
    /// reconnect.
    private static final List<String> NOTHING_TO_CHECK =
            List.of("server-sse-streams-functional", "server-sse-disconnect-resume");

    private final Harness harness = Harness.required();

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"2025-11-25, 30, 84", "2026-07-28, 37, 164"})
    void the_suite_passes_what_it_passes_at_the_upstream_alone(String revision, int scored, int checks) {
        try (var stage = new Stage(harness, List.of("conformance"), directory)) {
            var alone = Suite.run(harness, revision, stage.url("conformance"), directory.resolve("alone"));
            var through =
                    Suite.run(harness, revision, stage.front().openRoute("conformance"), directory.resolve("through"));

            assertThat(through.failedBeyond(alone)).isEmpty();
            var missing = through.missingFrom(alone);
            assertThat(missing).allMatch(check -> NOTHING_TO_CHECK.stream().anyMatch(check::contains));
            assertThat(through.scored())
                    .hasSize(scored)
                    .allSatisfy(
                            scenario -> assertThat(through.failures(scenario)).isEmpty());
            assertThat(through.passed()).isGreaterThanOrEqualTo(checks - missing.size());
        }
    }

    /// The suite has no frozen requirements of these: it runs what it has for them.
    @ParameterizedTest
    @CsvSource({"2025-06-18, 27, 56", "2025-03-26, 1, 3"})
    void so_it_does_in_older_revisions(String revision, int scenarios, int checks) {
        try (var stage = new Stage(harness, List.of("conformance"), directory)) {
            var alone = older(revision, stage.url("conformance"), "alone");
            var through = older(revision, stage.front().openRoute("conformance"), "through");

            assertThat(alone.scenarios()).hasSize(scenarios);
            assertThat(alone.passed()).isEqualTo(checks);
            assertThat(through.failedBeyond(alone)).isEmpty();
            assertThat(through.missingFrom(alone))
                    .allMatch(check -> NOTHING_TO_CHECK.stream().anyMatch(check::contains));
        }
    }

    private SuiteReport older(String revision, URI url, String name) {
        return Suite.unfrozen(harness, revision, url, directory.resolve(name));
    }
}
