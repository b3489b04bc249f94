package gatehouse.session.federation;

import gatehouse.config.catalogue.Alias;
import gatehouse.config.catalogue.Course;
import gatehouse.config.catalogue.RouteId;
import gatehouse.policy.rate.Hoard;
import gatehouse.policy.verdict.Principal;
import gatehouse.session.mcp.Element;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Whose URIs are whose on each joined route, as it was last concluded from what members list.
final class UriTables {

    /// On which route, and for whom; nobody's is everybody's.
    private record Key(RouteId route, Optional<Principal> owner) {}

    /// A table, and what it was concluded from.
    record Concluded(List<Part> resources, List<Part> templates, UriTable table) {

        /// Whether every member could be asked.
        boolean isWhole() {
            return Stream.concat(resources.stream(), templates.stream()).noneMatch(Part::isMissing);
        }

        private boolean isFrom(List<Part> listed, List<Part> made) {
            return Part.same(resources, listed) && Part.same(templates, made);
        }

        private boolean isOf(Course course) {
            return resources.stream().map(Part::member).toList().equals(course.members());
        }
    }

    private final Hoard<Key, Concluded> held;

    UriTables(int most) {
        this.held = new Hoard<>(most, most, table -> 1, key -> new Hoard.Holder(key.route(), key.owner()));
    }

    synchronized Concluded conclude(Joint joint, List<Part> resources, List<Part> templates) {
        var shared = Stream.concat(resources.stream(), templates.stream()).allMatch(Part::isShared);
        var key = key(joint, shared);
        var before = held.get(key).filter(concluded -> concluded.isFrom(resources, templates));
        if (before.isPresent()) {
            return before.get();
        }
        var members = new LinkedHashMap<Alias, UriTable.Listed>();
        for (int i = 0; i < resources.size(); i++) {
            var alias = resources.get(i).member().alias();
            members.put(alias, new UriTable.Listed(keys(resources.get(i)), keys(templates.get(i))));
        }
        var concluded = new Concluded(resources, templates, UriTable.of(members));
        held.put(key, concluded);
        return concluded;
    }

    /// What was concluded last for a route as it is now, whether or not it would come out the same again.
    synchronized Optional<Concluded> last(Joint joint) {
        return held.get(key(joint, false))
                .or(() -> held.get(key(joint, true)))
                .filter(concluded -> concluded.isOf(joint.course()));
    }

    synchronized void retain(Predicate<RouteId> routes) {
        held.removeIf(key -> !routes.test(key.route()));
    }

    /// Where nothing is known.
    static UriTable unknown(Joint joint) {
        return UriTable.unknown(
                joint.course().members().stream().map(Course.Member::alias).toList());
    }

    private static Key key(Joint joint, boolean shared) {
        return new Key(joint.route().id(), shared ? Optional.empty() : Optional.of(joint.principal()));
    }

    private static List<String> keys(Part part) {
        return part.items().stream().map(Element::key).toList();
    }
}
