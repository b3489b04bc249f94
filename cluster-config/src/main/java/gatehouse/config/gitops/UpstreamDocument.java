package gatehouse.config.gitops;

import gatehouse.config.catalogue.Network;
import gatehouse.config.catalogue.Speaks;
import gatehouse.config.catalogue.TenantId;
import gatehouse.config.catalogue.Upstream;
import gatehouse.config.catalogue.UpstreamId;

/// How `upstreams/*.yaml` declares an [Upstream].
final class UpstreamDocument {

    private UpstreamDocument() {}

    static Upstream read(String id, Section document, UpstreamLimits instead) {
        var tenant = Ids.reference(document.value("tenant").required(), Kind.TENANT);
        var network = document.value("network").choice(Network.class, Network.PUBLIC);
        var limits = document.value("limits").section().map(instead::with).orElse(instead);
        return new Upstream(
                new UpstreamId(id),
                new TenantId(tenant),
                Urls.upstream(document.value("url").required(), network),
                document.value("speaks").choice(Speaks.class, Speaks.AUTO),
                network,
                limits.calls(),
                limits.streams(),
                limits.connect(),
                limits.deadline(),
                limits.quiet());
    }
}
