package gatehouse.node;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/// What the process is shipped with, read from the bill of materials the build has just written.
class DependenciesTest {
    private static final Set<String> ALLOWED = Set.of(
            "Apache-2.0", "MIT", "MIT-0", "BSD-2-Clause", "BSD-3-Clause", "EPL-1.0", "EPL 1.0", "EPL-2.0", "CC0-1.0");

    /// Its POM says "BSD" and no more; the text it ships is that of the three-clause licence.
    private static final Set<String> READ_BY_HAND = Set.of("paranamer");

    /// Of one family and released apart from the core, with versions of their own.
    private static final Set<String> RELEASED_APART =
            Set.of("pekko-http", "pekko-http-core", "pekko-http-jackson", "pekko-parsing", "pekko-persistence-jdbc");

    private final JsonNode sbom = read();

    /// Where several licences are offered one may choose, so one that is allowed is enough.
    @Test
    void every_dependency_offers_a_licence_we_accept() {
        assertThat(components()
                        .filter(component -> !READ_BY_HAND.contains(name(component)))
                        .filter(component -> licences(component).noneMatch(ALLOWED::contains))
                        .map(component ->
                                name(component) + ": " + licences(component).toList()))
                .isEmpty();
    }

    /// Pekko refuses to start with mixed versions unless told so; we tell it for discovery alone (adr/0002).
    @Test
    void discovery_is_the_only_pekko_module_of_another_version() {
        Map<String, String> versions = components()
                .filter(component -> component.path("group").asText().equals("org.apache.pekko"))
                .filter(component -> !RELEASED_APART.contains(name(component)))
                .collect(toMap(
                        DependenciesTest::name,
                        component -> component.path("version").asText()));
        var core = versions.get("pekko-actor-typed");

        assertThat(versions.entrySet())
                .filteredOn(module -> !module.getValue().equals(core))
                .extracting(Map.Entry::getKey)
                .containsExactly("pekko-discovery");
    }

    private Stream<JsonNode> components() {
        return stream(sbom.path("components"));
    }

    private static Stream<String> licences(JsonNode component) {
        return stream(component.path("licenses"))
                .map(licence -> licence.has("expression") ? licence : licence.path("license"))
                .map(licence -> licence.path("expression")
                        .asText(licence.path("id").asText(licence.path("name").asText())));
    }

    private static String name(JsonNode component) {
        return component.path("name").asText().replaceFirst("_2\\.13$", "");
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static JsonNode read() {
        try {
            return new ObjectMapper().readTree(Path.of("target/sbom.json").toFile());
        } catch (IOException e) {
            throw new IllegalStateException("the build writes target/sbom.json before the tests", e);
        }
    }
}
