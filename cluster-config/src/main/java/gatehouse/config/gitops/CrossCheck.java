package gatehouse.config.gitops;

import gatehouse.config.settings.Nearest;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What can only be wrong between documents: ids that are taken, and names of things that no document declares.
final class CrossCheck {

    private CrossCheck() {}

    static List<Problem> problems(Documents documents) {
        var ids = new EnumMap<Kind, List<Written>>(Kind.class);
        ids.put(Kind.TENANT, ids(documents.tenants()));
        ids.put(Kind.AGENT, ids(documents.agents()));
        ids.put(Kind.UPSTREAM, ids(documents.upstreams()));
        ids.put(Kind.ROUTE, ids(documents.routes()));
        var problems = new ArrayList<Problem>();
        ids.values().forEach(written -> problems.addAll(taken(written)));
        problems.addAll(taken(documents.ledger().keyIds()));
        problems.addAll(dangling(documents.ledger().references(), ids));
        return problems;
    }

    private static <T> List<Written> ids(List<Declared<T>> declared) {
        return declared.stream().map(Declared::id).toList();
    }

    /// Of two things with one id, the one that comes later in reading order is the one to change.
    private static List<Problem> taken(List<Written> ids) {
        var first = new HashMap<String, Written>();
        var problems = new ArrayList<Problem>();
        for (var id : ids) {
            var owner = first.putIfAbsent(id.value(), id);
            if (owner != null) {
                problems.add(id.problem("\"" + id.value() + "\" is taken by " + owner.place()));
            }
        }
        return problems;
    }

    private static List<Problem> dangling(List<Reference> references, Map<Kind, List<Written>> ids) {
        var known = new EnumMap<Kind, Set<String>>(Kind.class);
        ids.forEach((kind, written) ->
                known.put(kind, written.stream().map(Written::value).collect(Collectors.toSet())));
        return references.stream()
                .filter(reference -> !known.getOrDefault(reference.kind(), Set.of()).contains(reference.id().value()))
                .map(reference -> dangling(reference.id(), known.getOrDefault(reference.kind(), Set.of())))
                .toList();
    }

    private static Problem dangling(Written id, Set<String> known) {
        return id.problem("names \"" + id.value() + "\", which no document declares" + Nearest.hint(id.value(), known));
    }
}
