package gatehouse.config.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.config.catalogue.Catalogue;
import gatehouse.config.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// A directory of declarations that a test writes file by file, good until something bad is written over it.
final class Declarations {

    final Path directory;
    final CatalogueSettings settings;

    Declarations(Path directory) {
        this(directory, settings(directory));
    }

    private Declarations(Path directory, CatalogueSettings settings) {
        this.directory = directory;
        this.settings = settings;
    }

    /// One tenant, one agent, one upstream, one route.
    static Declarations good(Path directory) {
        return new Declarations(directory)
                .with("tenants/orchard.yaml", "id: orchard\ntitle: Orchard\n")
                .with("agents/reader.yaml", """
                        id: reader
                        tenant: orchard
                        keys:
                          - id: abcdefghi0
                            sha256: %s
                            expires: 2027-06-30
                        """.formatted("0a".repeat(32)))
                .with("upstreams/echo.yaml", """
                        id: echo
                        tenant: orchard
                        url: http://127.0.0.1:8931/mcp
                        network: loopback
                        """)
                .with("routes/echo.yaml", """
                        id: echo
                        upstream: echo
                        access:
                          agents: [reader]
                        """);
    }

    Declarations with(String file, String text) {
        try {
            var path = directory.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, text);
            return this;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    Declarations within(CatalogueSettings.Bounds bounds) {
        return new Declarations(
                directory, new CatalogueSettings(settings.poll(), bounds, settings.upstream(), settings.route()));
    }

    Declarations lookedAtEvery(Duration poll) {
        return new Declarations(
                directory, new CatalogueSettings(poll, settings.bounds(), settings.upstream(), settings.route()));
    }

    Assembly load() {
        return Assembly.load(directory, settings);
    }

    Catalogue catalogue() {
        var assembly = load();
        assertThat(assembly).isInstanceOf(Assembly.Whole.class);
        return ((Assembly.Whole) assembly).catalogue();
    }

    List<String> problems() {
        return switch (load()) {
            case Assembly.Whole whole -> List.of();
            case Assembly.Broken(var problems) ->
                problems.stream().map(Problem::toString).toList();
        };
    }

    static CatalogueSettings settings(Path directory) {
        var at = Settings.load(directory).reader();
        var settings = CatalogueSettings.read(at.at("gateway.catalogue"));
        at.verify();
        return settings;
    }
}
