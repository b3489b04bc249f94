package gatehouse.session.federation;

import gatehouse.config.catalogue.Alias;
import gatehouse.config.catalogue.Course;
import gatehouse.config.catalogue.Route;
import gatehouse.config.catalogue.Upstream;
import gatehouse.policy.verdict.Call;
import gatehouse.policy.verdict.Principal;
import gatehouse.session.upstream.Header;
import gatehouse.session.upstream.Hops;
import gatehouse.session.upstream.Peer;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/// A route that joins several upstreams, as one principal uses it.
///
/// @param peers how an upstream is reached for a principal; every one of them speaks the modern era
/// @param hops the headers that tell of hops, of the request that is being served
public record Joint(
        Principal principal,
        Route route,
        Course course,
        BiFunction<Upstream, Principal, Peer> peers,
        List<Header> hops) {

    public Joint {
        hops = List.copyOf(hops);
    }

    public static Joint of(Call call, BiFunction<Upstream, Principal, Peer> peers) {
        return new Joint(call.principal(), call.route(), call.course(), peers, List.of());
    }

    /// What is asked for a request has passed as many gateways as the request itself.
    Joint serving(List<Header> headers) {
        return new Joint(principal, route, course, peers, Hops.among(headers));
    }

    /// The same, with an ear for what members fail to do.
    Joint heard(Ear ear) {
        return new Joint(
                principal,
                route,
                course,
                (upstream, who) -> new Heard(peers.apply(upstream, who), upstream, ear),
                hops);
    }

    Peer peer(Course.Member member) {
        return peers.apply(member.upstream(), principal);
    }

    /// On whose behalf members are asked.
    String owner() {
        return principal.toString();
    }

    Optional<Course.Member> member(Alias alias) {
        return course.members().stream()
                .filter(member -> member.alias().equals(alias))
                .findFirst();
    }
}
