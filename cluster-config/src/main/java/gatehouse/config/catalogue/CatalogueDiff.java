package gatehouse.config.catalogue;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// What one catalogue declares differently from the one before.
///
/// @param number of the catalogue after the change
public record CatalogueDiff(long number, Change<RouteId> routes, Change<UpstreamId> upstreams, Change<AgentId> agents) {

    /// The things of one kind that came, went, or are no longer what they were.
    public record Change<I>(Set<I> added, Set<I> removed, Set<I> changed) {
        public Change {
            added = Set.copyOf(added);
            removed = Set.copyOf(removed);
            changed = Set.copyOf(changed);
        }

        public boolean isEmpty() {
            return added.isEmpty() && removed.isEmpty() && changed.isEmpty();
        }

        private static <I, T> Change<I> between(Map<I, T> before, Map<I, T> after) {
            return new Change<>(
                    only(after.keySet(), id -> !before.containsKey(id)),
                    only(before.keySet(), id -> !after.containsKey(id)),
                    only(after.keySet(), id -> differs(before, after, id)));
        }

        private static <I, T> boolean differs(Map<I, T> before, Map<I, T> after, I id) {
            return before.containsKey(id) && !Objects.equals(before.get(id), after.get(id));
        }

        private static <I> Set<I> only(Set<I> ids, Predicate<I> condition) {
            return ids.stream().filter(condition).collect(Collectors.toUnmodifiableSet());
        }
    }

    public static CatalogueDiff between(Catalogue before, Catalogue after) {
        return new CatalogueDiff(
                after.number(),
                Change.between(before.routes(), after.routes()),
                Change.between(before.upstreams(), after.upstreams()),
                Change.between(before.agents(), after.agents()));
    }
}
