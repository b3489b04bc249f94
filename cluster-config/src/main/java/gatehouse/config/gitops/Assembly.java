package gatehouse.config.gitops;

import gatehouse.config.catalogue.Agent;
import gatehouse.config.catalogue.Catalogue;
import gatehouse.config.catalogue.Route;
import gatehouse.config.catalogue.Tenant;
import gatehouse.config.catalogue.Upstream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What comes of putting all documents together: a whole catalogue, or everything that stands in its way.
public sealed interface Assembly {

    /// Everything fits together. The catalogue is the first until somebody numbers it.
    record Whole(Catalogue catalogue) implements Assembly {}

    /// What is wrong, in the order in which somebody would read the files.
    record Broken(List<Problem> problems) implements Assembly {
        public Broken {
            problems = problems.stream().sorted().distinct().toList();
        }
    }

    /// Reads a directory once. Blocks.
    static Assembly load(Path directory, CatalogueSettings settings) {
        return of(SourceTree.look(directory, settings.bounds()), settings);
    }

    static Assembly of(Sources sources, CatalogueSettings settings) {
        var documents = Documents.read(sources, settings);
        CrossCheck.note(documents);
        var problems = documents.ledger().problems();
        return problems.isEmpty() ? new Whole(catalogue(documents)) : new Broken(problems);
    }

    private static Catalogue catalogue(Documents documents) {
        var agents = byId(documents.agents(), Agent::id);
        var agentsByKeyId = new HashMap<String, Agent>();
        agents.values().forEach(agent -> agent.keys().forEach(key -> agentsByKeyId.put(key.id(), agent)));
        return new Catalogue(
                1,
                byId(documents.tenants(), Tenant::id),
                agents,
                byId(documents.upstreams(), Upstream::id),
                byId(documents.routes(), Route::id),
                agentsByKeyId);
    }

    private static <I, T> Map<I, T> byId(List<Declared<T>> declared, Function<T, I> id) {
        return declared.stream().map(Declared::thing).collect(Collectors.toMap(id, Function.identity()));
    }
}
