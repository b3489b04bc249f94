package gatehouse.session.crossing.modern;

import gatehouse.config.catalogue.Upstream;
import gatehouse.policy.verdict.Principal;

/// Whose leg it is, and where it leads.
///
/// @param number of a leg that one call at a time has for itself, from 1 on; 0 is shared by all calls
record LegKey(Principal principal, Upstream upstream, int number) {

    LegKey(Principal principal, Upstream upstream) {
        this(principal, upstream, 0);
    }

    boolean isOwn() {
        return number > 0;
    }

    /// Whether calls share it that come from nobody knows whom.
    boolean isOfStrangers() {
        return !isOwn() && principal.equals(Principal.ANONYMOUS);
    }

    LegKey own(int one) {
        return new LegKey(principal, upstream, one);
    }

    /// That of the leg which the same calls would share.
    LegKey shared() {
        return new LegKey(principal, upstream);
    }
}
