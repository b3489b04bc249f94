package gatehouse.session.upstream.dial;

import gatehouse.config.catalogue.Network;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Judges the host of an upstream's URL before anybody looks it up.
final class Hosts {

    private static final Pattern NAME =
            Pattern.compile("(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");

    private static final Pattern DOTTED_QUAD = Pattern.compile(
            "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])){3}");

    private static final Set<String> METADATA = Set.of("metadata", "metadata.google.internal", "instance-data");
    private static final List<String> INTERNAL = List.of(".internal", ".local", ".svc", ".cluster.local");

    private Hosts() {}

    /// What is wrong with a host in lower case, brackets included; empty if nothing is.
    static Optional<String> problem(String host, Network network) {
        if (host.startsWith("[")) {
            return literal6(host).isPresent()
                    ? Optional.empty()
                    : Optional.of("host is no IPv6 address without a zone");
        }
        if (!NAME.matcher(host).matches()) {
            return Optional.of("host is not a name in plain ASCII, or ends in a dot");
        }
        if (isNumeric(host)) {
            return DOTTED_QUAD.matcher(host).matches()
                    ? Optional.empty()
                    : Optional.of("host is a number that readers take for different addresses");
        }
        return named(host, network);
    }

    /// The address a host already is; such a host is not looked up.
    static Optional<InetAddress> literal(String host) {
        return DOTTED_QUAD.matcher(host).matches() ? Optional.of(InetAddress.ofLiteral(host)) : literal6(host);
    }

    private static Optional<InetAddress> literal6(String host) {
        if (!host.startsWith("[") || !host.endsWith("]") || host.contains("%")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Inet6Address.ofLiteral(host.substring(1, host.length() - 1)));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static Optional<String> named(String host, Network network) {
        if (METADATA.contains(host) || host.equals("kubernetes.default") || host.startsWith("kubernetes.default.")) {
            return Optional.of("host names the platform's own service");
        }
        if (network != Network.LOOPBACK && (host.equals("localhost") || host.endsWith(".localhost"))) {
            return Optional.of("host is local, and the entry does not say network: loopback");
        }
        return network != Network.PRIVATE && INTERNAL.stream().anyMatch(host::endsWith)
                ? Optional.of("host is internal, and the entry does not say network: private")
                : Optional.empty();
    }

    /// As the WHATWG URL standard has it: the last label decides, and hexadecimal counts.
    private static boolean isNumeric(String host) {
        var last = host.substring(host.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return last.chars().allMatch(c -> c >= '0' && c <= '9') || last.matches("0x[0-9a-f]*");
    }
}
