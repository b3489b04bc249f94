package gatehouse.policy.identity;

import gatehouse.config.catalogue.Agent;
import gatehouse.config.catalogue.AgentKey;
import gatehouse.config.catalogue.ApiKey;
import gatehouse.config.catalogue.Catalogue;
import gatehouse.config.catalogue.KeyHash;
import gatehouse.policy.verdict.Principal;
import java.time.Instant;
import java.util.Optional;

/// Proves an agent by its key. A typo is refused by its checksum alone; an unknown key costs the same time as a wrong
/// one.
public final class ApiKeys {

    private static final KeyHash NOBODY = KeyHash.of("a key that nobody holds");

    private ApiKeys() {}

    public static Optional<Principal> prove(String text, Catalogue catalogue, Instant now) {
        return ApiKey.parse(text).flatMap(key -> {
            var agent = Optional.ofNullable(catalogue.agentsByKeyId().get(key.id()));
            var known = agent.flatMap(owner -> owned(owner, key.id()));
            var matches = known.map(AgentKey::hash).orElse(NOBODY).matches(text);
            return matches && known.filter(held -> now.isBefore(held.expires())).isPresent()
                    ? agent.map(owner -> new Principal(owner.tenant(), owner.id()))
                    : Optional.empty();
        });
    }

    private static Optional<AgentKey> owned(Agent agent, String keyId) {
        return agent.keys().stream().filter(key -> key.id().equals(keyId)).findFirst();
    }
}
