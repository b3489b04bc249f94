package gatehouse.policy.access;

import gatehouse.config.catalogue.Access;
import gatehouse.policy.verdict.Principal;

/// Decides whether a principal may use a route. Nobody is named: nobody may.
public final class AccessJudge {

    private AccessJudge() {}

    public static boolean permits(Access access, Principal principal) {
        if (principal.equals(Principal.ANONYMOUS)) {
            return access.anonymous();
        }
        return access.anonymous()
                || access.agents().contains(principal.agent())
                || access.tenants().contains(principal.tenant());
    }
}
