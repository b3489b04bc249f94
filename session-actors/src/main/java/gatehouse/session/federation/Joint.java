package gatehouse.session.federation;

import gatehouse.config.catalogue.Alias;
import gatehouse.config.catalogue.Course;
import gatehouse.config.catalogue.Route;
import gatehouse.config.catalogue.Upstream;
import gatehouse.policy.verdict.Principal;
import gatehouse.session.upstream.Peer;
import java.util.Optional;
import java.util.function.BiFunction;

/// A route that joins several upstreams, as one principal uses it.
///
/// @param peers how an upstream is reached for a principal; every one of them speaks the modern era
public record Joint(Principal principal, Route route, Course course, BiFunction<Principal, Upstream, Peer> peers) {

    Peer peer(Course.Member member) {
        return peers.apply(principal, member.upstream());
    }

    Optional<Course.Member> member(Alias alias) {
        return course.members().stream()
                .filter(member -> member.alias().equals(alias))
                .findFirst();
    }
}
