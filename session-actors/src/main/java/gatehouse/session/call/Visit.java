package gatehouse.session.call;

import gatehouse.config.catalogue.Course;
import gatehouse.config.catalogue.Route;
import gatehouse.policy.verdict.Call;
import gatehouse.policy.verdict.Principal;

/// A request about a session itself: to listen to it, or to end it.
///
/// @param lastEventId after which a stream is to go on; empty to begin
public record Visit(Principal principal, Route route, Course course, String session, String lastEventId) {

    public Call call() {
        return new Call(principal, route, course);
    }
}
