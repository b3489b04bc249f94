package gatehouse.node.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
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

    /// Tools of the suite's upstream that ask in mid-call by the means of the older revisions alone: held to the
    /// newest
    /// one, they fail there. The very same checks are made at [AskingModern], which asks by the means of the
    /// newest.
    private static final List<String> ASKING = List.of(
            "tools-call-sampling",
            "tools-call-elicitation",
            "elicitation-sep1034-defaults",
            "elicitation-sep1330-enums");

    /// Two of the scenarios make one check each, the other two five each; a scenario that fails stops at its first.
    /// All
    /// of them check the wire beside that, which passes in any case.
    private static final int CHECKS_OF_ASKING = 12;

    /// The same, and two checks of an unscored scenario: a modern upstream closes no stream in mid-call, so its
    /// answer
    /// comes soon and alone.
    private static final List<String> NO_STREAM_TO_CHECK = List.of(
            "server-sse-streams-functional",
            "server-sse-disconnect-resume",
            "server-sse-priming-event",
            "server-sse-retry-field");

    private static final int ALONE = 84;
    private static final int CROSSED = 68;

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

    @Test
    void old_clients_find_at_a_modern_upstream_what_they_find_at_a_legacy_one() {
        try (var stage = new Stage(harness, List.of("conformance-legacy", "conformance-modern"), directory)) {
            var alone = Suite.run(harness, "2025-11-25", stage.url("conformance-legacy"), directory.resolve("alone"));
            var crossed = Suite.run(
                    harness, "2025-11-25", stage.front().openRoute("conformance-modern"), directory.resolve("crossed"));

            assertThat(crossed.scored()).hasSize(30);
            assertThat(crossed.scenarios().keySet())
                    .filteredOn(scenario -> !crossed.failures(scenario).isEmpty())
                    .containsExactlyInAnyOrderElementsOf(ASKING);
            var missing = crossed.missingFrom(alone);
            assertThat(missing).filteredOn(ConformanceTest::asks).hasSize(CHECKS_OF_ASKING);
            assertThat(missing)
                    .filteredOn(check -> !asks(check))
                    .allMatch(check -> NO_STREAM_TO_CHECK.stream().anyMatch(check::contains));
            assertThat(alone.passed()).isEqualTo(ALONE);
            assertThat(crossed.passed()).isEqualTo(CROSSED);
        }
    }

    @Test
    void old_clients_are_asked_by_an_upstream_that_asks_in_the_newest_way() {
        try (var upstream = AskingModern.start();
                var node = LocalNode.start(upstream.url(), directory.resolve("config"))) {
            var passed = 0L;
            for (var scenario : ASKING) {
                var report = Suite.scenario(
                        harness, scenario, "2025-11-25", node.route("open"), directory.resolve(scenario));

                assertThat(report.failures()).isEmpty();
                passed += report.passed();
            }
            assertThat(passed).isEqualTo(CHECKS_OF_ASKING + ASKING.size());
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

    private static boolean asks(String check) {
        return ASKING.contains(check.substring(0, check.indexOf(':')));
    }

    private SuiteReport older(String revision, URI url, String name) {
        return Suite.unfrozen(harness, revision, url, directory.resolve(name));
    }
}
