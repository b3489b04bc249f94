package gatehouse.node;

import static java.util.stream.Collectors.joining;

import gatehouse.config.catalogue.Catalogue;
import gatehouse.config.gitops.Assembly;
import gatehouse.config.gitops.CatalogueSettings;
import gatehouse.config.settings.BadConfig;
import gatehouse.config.settings.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Says everything that is wrong with a config directory, or what it adds up to. It starts nothing.
@Command(
        name = "check",
        description = "Validates a config directory: every problem at once, with file, line and path.",
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {

    @Option(names = "--config", required = true, paramLabel = "DIR", description = "The config directory.")
    private Path config = Path.of(".");

    @Override
    public Integer call() {
        var settings = Settings.load(config);
        var problems = new ArrayList<String>();
        try {
            NodeSettings.read(settings);
        } catch (BadConfig bad) {
            problems.addAll(bad.problems());
        }
        var bounds = CatalogueSettings.read(settings.reader().at("gateway.catalogue"));
        switch (Assembly.load(config, bounds)) {
            case Assembly.Broken broken -> broken.problems().forEach(problem -> problems.add(problem.toString()));
            case Assembly.Whole(var catalogue) when problems.isEmpty() -> summarize(catalogue);
            case Assembly.Whole whole -> {}
        }
        if (!problems.isEmpty()) {
            throw new BadConfig(problems);
        }
        return 0;
    }

    private static void summarize(Catalogue catalogue) {
        System.out.printf(
                "Good: %d tenants, %d agents, %d upstreams, %d routes%n",
                catalogue.tenants().size(),
                catalogue.agents().size(),
                catalogue.upstreams().size(),
                catalogue.routes().size());
        catalogue.routes().values().stream()
                .sorted(Comparator.comparing(route -> route.id().value()))
                .forEach(route -> System.out.printf(
                        "  /mcp/%s → %s%n",
                        route.id(),
                        route.members().stream().map(Object::toString).collect(joining(", "))));
    }
}
