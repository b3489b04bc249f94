package gatehouse.policy.access;

import gatehouse.config.catalogue.AgentKey;
import gatehouse.config.catalogue.Catalogue;
import gatehouse.config.catalogue.Upstream;
import gatehouse.policy.verdict.Principal;
import java.time.Instant;
import java.util.Optional;

/// What is held at an upstream for a principal between its requests: it may be held as long as any route would let the
/// principal in there.
public record Reach(Principal principal, Upstream upstream) {

    public boolean holds(Catalogue catalogue, Instant now) {
        return catalogue.upstream(upstream.id()).filter(upstream::equals).isPresent()
                && proven(catalogue, now)
                && catalogue.routes().values().stream()
                        .anyMatch(route ->
                                route.leadsTo(upstream.id()) && AccessJudge.permits(route.access(), principal));
    }

    private boolean proven(Catalogue catalogue, Instant now) {
        return principal.equals(Principal.ANONYMOUS)
                || Optional.ofNullable(catalogue.agents().get(principal.agent()))
                        .filter(agent -> agent.tenant().equals(principal.tenant()))
                        .filter(agent ->
                                agent.keys().stream().map(AgentKey::expires).anyMatch(now::isBefore))
                        .isPresent();
    }
}
