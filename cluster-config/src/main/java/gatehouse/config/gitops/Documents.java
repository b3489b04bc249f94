package gatehouse.config.gitops;

import gatehouse.config.catalogue.Agent;
import gatehouse.config.catalogue.Route;
import gatehouse.config.catalogue.Tenant;
import gatehouse.config.catalogue.TenantId;
import gatehouse.config.catalogue.Upstream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/// What a set of files says, each thing with the line where it stands, before anybody asks whether it fits together.
record Documents(
        List<Declared<Tenant>> tenants,
        List<Declared<Agent>> agents,
        List<Declared<Upstream>> upstreams,
        List<Declared<Route>> routes,
        Ledger ledger) {

    private static final int LONGEST_TITLE = 200;

    static Documents read(Sources sources, CatalogueSettings settings) {
        var ledger = new Ledger();
        sources.problems().forEach(ledger::note);
        return new Documents(
                all(Kind.TENANT, sources, ledger, Documents::tenant),
                all(Kind.AGENT, sources, ledger, AgentDocument::read),
                all(Kind.UPSTREAM, sources, ledger, (id, at) -> UpstreamDocument.read(id, at, settings.upstream())),
                all(Kind.ROUTE, sources, ledger, (id, at) -> RouteDocument.read(id, at, settings.route())),
                ledger);
    }

    private static Tenant tenant(String id, Section document) {
        return new Tenant(new TenantId(id), document.value("title").required().text(LONGEST_TITLE));
    }

    private static <T> List<Declared<T>> all(
            Kind kind, Sources sources, Ledger ledger, BiFunction<String, Section, T> read) {
        var declared = new ArrayList<Declared<T>>();
        for (var file : sources.files()) {
            if (file.name().startsWith(kind.directory() + "/")) {
                Yaml.documents(file, ledger)
                        .forEach(document -> document.section().ifPresent(section -> {
                            var id = Ids.own(section);
                            var thing = read.apply(id.map(Written::value).orElse(""), section);
                            section.finish();
                            id.ifPresent(written -> declared.add(new Declared<>(written, thing)));
                        }));
            }
        }
        return declared;
    }
}
