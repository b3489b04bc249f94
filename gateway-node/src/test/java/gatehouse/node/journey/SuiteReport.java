package gatehouse.node.journey;

import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// What a run of the conformance suite found: its checks by scenario, and which scenarios count.
record SuiteReport(Map<String, List<Check>> scenarios, Set<String> unscored) {
    /// `server-<scenario>-<time>`
    private static final Pattern FOLDER = Pattern.compile("server-(.+)-\\d{4}-\\d\\d-\\d\\dT.*");

    /// `  ✓ server-sse-polling (pending)`
    private static final Pattern UNSCORED = Pattern.compile("\\s+[✓✗] (\\S+) \\([\\w-]+\\)");

    /// @param name tells apart what one requirement is checked for more than once
    record Check(String name, String status) {
        boolean passed() {
            return status.equals("SUCCESS");
        }

        boolean failed() {
            return status.equals("FAILURE") || status.equals("WARNING");
        }
    }

    static SuiteReport read(Path directory, List<String> said) {
        var unscored = said.stream()
                .map(UNSCORED::matcher)
                .filter(Matcher::matches)
                .map(line -> line.group(1))
                .collect(Collectors.toSet());
        try (var folders = Files.list(directory)) {
            return new SuiteReport(
                    folders.collect(toMap(SuiteReport::scenario, SuiteReport::checks, (a, b) -> b, TreeMap::new)),
                    unscored);
        } catch (IOException e) {
            throw new UncheckedIOException("no report; the suite said:\n" + String.join("\n", said), e);
        }
    }

    List<String> scored() {
        return scenarios.keySet().stream()
                .filter(scenario -> !unscored.contains(scenario))
                .toList();
    }

    List<String> failures(String scenario) {
        return names(scenario, Check::failed);
    }

    /// Everything that failed, by scenario.
    List<String> failures() {
        return scenarios.keySet().stream()
                .flatMap(scenario -> failures(scenario).stream().map(check -> scenario + ": " + check))
                .toList();
    }

    long passed() {
        return scenarios.values().stream()
                .flatMap(List::stream)
                .filter(Check::passed)
                .count();
    }

    /// What fails here and not there.
    List<String> failedBeyond(SuiteReport other) {
        return scenarios.keySet().stream()
                .flatMap(scenario -> beyond(failures(scenario), other.failures(scenario), scenario))
                .toList();
    }

    /// What passes there and not here.
    List<String> missingFrom(SuiteReport other) {
        return other.scenarios.keySet().stream()
                .flatMap(scenario ->
                        beyond(other.names(scenario, Check::passed), names(scenario, Check::passed), scenario))
                .toList();
    }

    private List<String> names(String scenario, Predicate<Check> which) {
        return scenarios.getOrDefault(scenario, List.of()).stream()
                .filter(which)
                .map(Check::name)
                .toList();
    }

    private static Stream<String> beyond(List<String> these, List<String> those, String scenario) {
        var rest = new ArrayList<>(these);
        those.forEach(rest::remove);
        return rest.stream().map(check -> scenario + ": " + check);
    }

    private static String scenario(Path folder) {
        var name = FOLDER.matcher(folder.getFileName().toString());
        return name.matches() ? name.group(1) : folder.getFileName().toString();
    }

    private static List<Check> checks(Path folder) {
        try {
            var checks =
                    new ObjectMapper().readTree(folder.resolve("checks.json").toFile());
            return StreamSupport.stream(checks.spliterator(), false)
                    .map(check -> new Check(name(check), check.path("status").asText()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(JsonNode check) {
        return check.path("id").asText() + "/" + check.path("name").asText();
    }
}
