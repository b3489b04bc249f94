package gatehouse.policy.verdict;

import gatehouse.config.catalogue.Route;
import gatehouse.config.catalogue.Upstream;

/// One request of a principal on its way to an upstream, as policies see it.
public record Call(Principal principal, Route route, Upstream upstream) {}
