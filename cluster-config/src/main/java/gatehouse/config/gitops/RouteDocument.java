package gatehouse.config.gitops;

import gatehouse.config.catalogue.Access;
import gatehouse.config.catalogue.AgentId;
import gatehouse.config.catalogue.Journal;
import gatehouse.config.catalogue.Route;
import gatehouse.config.catalogue.RouteId;
import gatehouse.config.catalogue.TenantId;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;

/// How `routes/*.yaml` declares a [Route].
final class RouteDocument {

    private static final Access NOBODY = new Access(false, Set.of(), Set.of());

    private RouteDocument() {}

    static Route read(String id, Section document, RouteLimits instead) {
        return new Route(
                new RouteId(id),
                MembersDocument.read(document),
                access(document.value("access").required()),
                origins(document.value("origins")),
                document.value("journal").choice(Journal.class, instead.journal()),
                (int) document.value("body").bytes(RouteLimits.BODY, instead.body()),
                document.value("sse").section().map(RouteDocument::sse).orElse(Route.NEVER));
    }

    /// Whoever serves what is deprecated says until when.
    private static Instant sse(Section section) {
        var until = section.value("until").required().parsed(Days.EXPECTED, Days::end);
        section.finish();
        return until.orElse(Route.NEVER);
    }

    private static Access access(Value at) {
        return at.section().map(section -> access(at, section)).orElse(NOBODY);
    }

    private static Access access(Value at, Section section) {
        var anonymous = section.value("anonymous").flag();
        var tenants = Ids.references(section.value("tenants"), Kind.TENANT);
        var agents = Ids.references(section.value("agents"), Kind.AGENT);
        section.finish();
        var named = !tenants.isEmpty() || !agents.isEmpty();
        at.check(!anonymous || !named, "is anonymous, which lets in everybody; name nobody, or drop anonymous");
        return new Access(
                anonymous,
                tenants.stream().map(TenantId::new).collect(Collectors.toSet()),
                agents.stream().map(AgentId::new).collect(Collectors.toSet()));
    }

    private static Set<String> origins(Value at) {
        return at.items().stream()
                .flatMap(item -> item.written().stream()
                        .peek(written -> item.check(
                                Urls.isOrigin(written.value()), "is not an origin such as https://tools.example.org")))
                .map(Written::value)
                .collect(Collectors.toSet());
    }
}
