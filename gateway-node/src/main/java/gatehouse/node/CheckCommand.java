package gatehouse.node;

import static java.util.stream.Collectors.joining;

import gatehouse.config.catalogue.Catalogue;
import gatehouse.config.gitops.Assembly;
import gatehouse.config.gitops.CatalogueSettings;
import gatehouse.config.settings.BadConfig;
import gatehouse.config.settings.ConfigReader;
import gatehouse.config.settings.Settings;
import gatehouse.session.mcp.ReadLimits;
import gatehouse.session.upstream.UpstreamSettings;
import gatehouse.session.upstream.dial.Locator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
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
            case Assembly.Whole(var catalogue) -> {
                problems.addAll(undiallable(catalogue, settings.reader().at("gateway")));
                summarize(catalogue, problems);
            }
        }
        if (!problems.isEmpty()) {
            throw new BadConfig(problems);
        }
        return 0;
    }

    /// A node starts with these all the same, and refuses every call to them: one team's slip is not the others'
    /// outage.
    private static List<String> undiallable(Catalogue catalogue, ConfigReader gateway) {
        var ports = UpstreamSettings.read(gateway.at("upstream"), ReadLimits.read(gateway.at("mcp.upstream-limits")))
                .dialling()
                .ports();
        return catalogue.upstreams().values().stream()
                .flatMap(upstream -> Locator.problem(upstream.url(), upstream.network(), ports)
                        .map(problem -> "upstream " + upstream.id() + ": " + problem)
                        .stream())
                .sorted()
                .toList();
    }

    private static void summarize(Catalogue catalogue, List<String> problems) {
        if (!problems.isEmpty()) {
            return;
        }
        System.out.printf(
                "Good: %s, %s, %s, %s%n",
                count(catalogue.tenants(), "tenant"),
                count(catalogue.agents(), "agent"),
                count(catalogue.upstreams(), "upstream"),
                count(catalogue.routes(), "route"));
        catalogue.routes().values().stream()
                .sorted(Comparator.comparing(route -> route.id().value()))
                .forEach(route -> System.out.printf(
                        "  /mcp/%s → %s%n",
                        route.id(),
                        route.members().stream().map(Object::toString).collect(joining(", "))));
    }

    private static String count(Map<?, ?> declared, String what) {
        return declared.size() + " " + what + (declared.size() == 1 ? "" : "s");
    }
}
