package gatehouse.config.gitops;

import gatehouse.config.settings.Nearest;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What can only be wrong between documents: ids that are taken, and names of things that no document declares.
final class CrossCheck {

    private CrossCheck() {}

    /// Adds what is wrong to the problems found so far.
    static void note(Documents documents) {
        var ids = new EnumMap<Kind, List<Written>>(Kind.class);
        ids.put(Kind.TENANT, ids(documents.tenants()));
        ids.put(Kind.AGENT, ids(documents.agents()));
        ids.put(Kind.UPSTREAM, ids(documents.upstreams()));
        ids.put(Kind.ROUTE, ids(documents.routes()));
        var ledger = documents.ledger();
        ids.values().forEach(written -> noteTaken(written, ledger));
        noteTaken(ledger.keyIds(), ledger);
        for (var kind : Kind.values()) {
            noteDangling(kind, ids.getOrDefault(kind, List.of()), ledger);
        }
    }

    private static <T> List<Written> ids(List<Declared<T>> declared) {
        return declared.stream().map(Declared::id).toList();
    }

    /// Of two things with one id, the one that comes later in reading order is the one to change.
    private static void noteTaken(List<Written> ids, Ledger ledger) {
        var first = new HashMap<String, Written>();
        for (var id : ids) {
            var owner = first.putIfAbsent(id.value(), id);
            if (owner != null) {
                ledger.note(id.problem("\"" + id.value() + "\" is taken by " + owner.place()));
            }
        }
    }

    private static void noteDangling(Kind kind, List<Written> ids, Ledger ledger) {
        var known = ids.stream().map(Written::value).collect(Collectors.toSet());
        ledger.references().stream()
                .filter(reference -> reference.kind() == kind
                        && !known.contains(reference.id().value()))
                .limit(Ledger.MOST_PROBLEMS)
                .forEach(reference -> ledger.note(dangling(reference.id(), known)));
    }

    private static Problem dangling(Written id, Set<String> known) {
        return id.problem("names \"" + id.value() + "\", which no document declares" + Nearest.hint(id.value(), known));
    }
}
