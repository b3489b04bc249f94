package gatehouse.policy.access;

import gatehouse.config.catalogue.AgentKey;
import gatehouse.config.catalogue.Catalogue;
import gatehouse.config.catalogue.RouteId;
import gatehouse.policy.verdict.Principal;
import java.time.Instant;

/// What something that stays open was let in by: it may stay as long as that would let it in again.
///
/// @param keyId the public id of the key that was shown, empty if none was
public record Standing(Principal principal, RouteId route, String keyId) {

    public boolean holds(Catalogue catalogue, Instant now) {
        return proven(catalogue, now)
                && catalogue
                        .route(route)
                        .filter(declared -> AccessJudge.permits(declared.access(), principal))
                        .isPresent();
    }

    private boolean proven(Catalogue catalogue, Instant now) {
        return keyId.isEmpty()
                || catalogue
                        .agentOfKey(keyId)
                        .filter(agent -> new Principal(agent.tenant(), agent.id()).equals(principal))
                        .flatMap(agent -> agent.keys().stream()
                                .filter(key -> key.id().equals(keyId))
                                .findFirst())
                        .map(AgentKey::expires)
                        .filter(now::isBefore)
                        .isPresent();
    }
}
