package gatehouse.node.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The official conformance suite asks in one era, and the upstream speaks only the other. What cannot pass stands here
/// exactly; why, and what a client gets instead, stands in `docs/crossing.md`.
@Tag("harness")
class CrossedConformanceTest {

    private static final String MRTR = "input-required-result-";

    /// The suite's legacy upstream has no tools that ask under the names these look for, and tells its sessions of
    /// no
    /// changes.
    private static final Map<String, List<String>> NOT_OFFERED = Map.ofEntries(
            Map.entry(MRTR + "basic-elicitation", List.of("InputRequiredResultElicitationIncomplete")),
            Map.entry(MRTR + "basic-list-roots", List.of("InputRequiredResultListRootsIncomplete")),
            Map.entry(MRTR + "basic-sampling", List.of("InputRequiredResultSamplingIncomplete")),
            Map.entry(MRTR + "capability-check", List.of("RespectClientCapabilities")),
            Map.entry(MRTR + "ignore-extra-params", List.of("IgnoreUnexpectedParams")),
            Map.entry(MRTR + "missing-input-response", List.of("InputRequiredResultMissingResponseRerequests")),
            Map.entry(MRTR + "multi-round", List.of("InputRequiredResultMultiRoundR1")),
            Map.entry(MRTR + "multiple-input-requests", List.of("InputRequiredResultMultipleInputsIncomplete")),
            Map.entry(MRTR + "non-tool-request", List.of("InputRequiredResultNonToolIncomplete")),
            Map.entry(MRTR + "request-state", List.of("InputRequiredResultRequestStateIncomplete")),
            Map.entry(MRTR + "result-type", List.of("ResultTypeIncluded")),
            Map.entry(MRTR + "tampered-state", List.of("RejectTamperedState")),
            Map.entry(
                    "server-stateless",
                    List.of(
                            "HttpServerNoIndependentRequestsOnStream",
                            "MissingCapabilityHttp400",
                            "ServerRejectsUndeclaredCapability",
                            "ServerSendsPromptsListChangedOnSubscription",
                            "ServerSendsToolsListChangedOnSubscription")));

    /// What no legacy upstream can say, whatever it offers.
    private static final Map<String, List<String>> NOT_EXPRESSIBLE = Map.of(
            MRTR + "basic-elicitation", List.of("InputRequiredResultElicitationIncomplete"),
            MRTR + "capability-check", List.of("RespectClientCapabilities"),
            MRTR + "ignore-extra-params", List.of("IgnoreUnexpectedParams"));

    private final Harness harness = Harness.required();

    @TempDir
    private Path directory;

    @Test
    void a_legacy_upstream_passes_the_modern_requirements_but_for_what_it_does_not_offer() {
        try (var stage = new Stage(harness, List.of("conformance-legacy"), directory)) {
            var report = Suite.run(
                    harness, "2026-07-28", stage.front().openRoute("conformance-legacy"), directory.resolve("through"));

            assertThat(report.scored()).hasSize(37);
            assertThat(failures(report)).isEqualTo(NOT_OFFERED);
        }
    }

    @Test
    void a_legacy_upstream_that_asks_and_tells_passes_them_but_for_what_cannot_be_said() {
        try (var upstream = new AskingUpstream();
                var node = LocalNode.start(upstream.url(), directory.resolve("config"))) {
            var failed = new TreeMap<String, List<String>>();
            for (var scenario : NOT_OFFERED.keySet()) {
                var report = Suite.scenario(harness, scenario, node.route("open"), directory.resolve(scenario));
                assertThat(report.scenarios()).containsOnlyKeys(scenario);
                failed.putAll(failures(report));
            }

            assertThat(failed).isEqualTo(NOT_EXPRESSIBLE);
            Counts.await(node, "permits", 0);
        }
    }

    @Test
    void whatever_cannot_pass_is_explained() throws IOException {
        var page = Files.readString(Path.of("docs/crossing.md"));

        assertThat(NOT_OFFERED.keySet()).allSatisfy(scenario -> assertThat(page).contains("`" + scenario + "`"));
    }

    private static Map<String, List<String>> failures(SuiteReport report) {
        var failures = new TreeMap<String, List<String>>();
        report.scored().stream()
                .filter(scenario -> !report.failures(scenario).isEmpty())
                .forEach(scenario -> failures.put(
                        scenario,
                        report.failures(scenario).stream()
                                .map(check -> check.substring(check.indexOf('/') + 1))
                                .sorted()
                                .toList()));
        return failures;
    }
}
