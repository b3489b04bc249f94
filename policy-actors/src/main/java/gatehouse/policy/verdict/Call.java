package gatehouse.policy.verdict;

import gatehouse.config.catalogue.Course;
import gatehouse.config.catalogue.Route;

/// One request of a principal on its way along a route, as policies see it.
public record Call(Principal principal, Route route, Course course) {}
