package gatehouse.node.edge;

import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Which hosts this edge answers for, and from which web pages a browser may speak to it.
///
/// A web page can make a browser call any address, by a name it controls too (DNS rebinding). The two headers it cannot
/// forge
/// are compared exactly, port included; nothing in them is resolved or matched by pattern.
///
/// @param hosts values of `Host` this edge answers to
/// @param ownOrigins web origins that are the edge itself, seen from its own machine; none unless it is bound to
/// loopback
public record Origins(Set<String> hosts, Set<String> ownOrigins) {

    private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "[::1]");

    /// What two headers say about whether the request may go on.
    public sealed interface Verdict {}

    public record Allowed() implements Verdict {}

    /// Answered 403: a browser speaks for a page nobody listed.
    public record BadOrigin() implements Verdict {}

    /// Answered 421: the request is meant for someone else.
    public record BadHost() implements Verdict {}

    public Origins {
        hosts = Set.copyOf(hosts);
        ownOrigins = Set.copyOf(ownOrigins);
    }

    /// For an edge bound here: loopback with its port, and the hosts under which it is known elsewhere.
    public static Origins at(InetSocketAddress bound, List<String> publicHosts) {
        var hosts = new HashSet<String>();
        var own = new HashSet<String>();
        for (var name : LOOPBACK) {
            forms(name, bound.getPort()).forEach(host -> {
                hosts.add(host);
                own.add("http://" + host);
                own.add("https://" + host);
            });
        }
        publicHosts.forEach(host -> hosts.add(lower(host)));
        return new Origins(hosts, bound.getAddress().isLoopbackAddress() ? own : Set.of());
    }

    /// A port that is the scheme's own is left out by clients.
    private static List<String> forms(String name, int port) {
        return port == 80 || port == 443 ? List.of(name, name + ":" + port) : List.of(name + ":" + port);
    }

    /// Judges the values of all `Origin` and `Host` headers of one request to a route that lists these origins.
    public Verdict judge(List<String> origin, List<String> host, Set<String> listed) {
        if (host.size() != 1 || !answersTo(host.getFirst())) {
            return new BadHost();
        }
        return switch (origin.size()) {
            case 0 -> new Allowed(); // no browser: it always says where a script comes from
            case 1 -> allows(origin.getFirst(), listed) ? new Allowed() : new BadOrigin();
            default -> new BadOrigin();
        };
    }

    private boolean answersTo(String host) {
        return hosts.contains(host) || hosts.contains(lower(host));
    }

    /// `null` is what sandboxed pages and local files send: anybody can be that.
    private boolean allows(String origin, Set<String> listed) {
        return !origin.equals("null") && (listed.contains(origin) || ownOrigins.contains(lower(origin)));
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
