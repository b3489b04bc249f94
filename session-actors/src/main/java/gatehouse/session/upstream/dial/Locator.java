package gatehouse.session.upstream.dial;

import gatehouse.config.catalogue.Network;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.http.javadsl.model.Uri;

/// Where an upstream is, as two readers of its URL agreed.
///
/// @param host in lower case, an IPv6 address with its brackets
/// @param path with its query
public record Locator(boolean secure, String host, int port, String path, Network network) {

    private static final int LONGEST_REFERENCE = 2000;

    /// What became of a URL.
    public sealed interface Locating {}

    /// Both readers agree.
    public record Found(Locator locator) implements Locating {}

    /// It leads nowhere the gateway goes.
    ///
    /// @param problem what to change about the entry
    public record Refused(String problem) implements Locating {}

    /// Reads a URL twice and checks what it says.
    ///
    /// @param ports that a public upstream may listen on
    public static Locating of(URI declared, Network network, Set<Integer> ports) {
        var text = declared.toString();
        return misspelt(text).<Locating>map(Refused::new).orElseGet(() -> agreed(text, network, ports));
    }

    /// Reads an address that the upstream named, whole or relative to its URL, and checks it likewise.
    public static Locating of(URI declared, String reference, Network network, Set<Integer> ports) {
        if (reference.length() > LONGEST_REFERENCE || misspelt(reference).isPresent()) {
            return new Refused("address named by the upstream cannot be read");
        }
        try {
            return of(resolved(declared, reference), network, ports);
        } catch (IllegalArgumentException _) {
            return new Refused("address named by the upstream cannot be read");
        }
    }

    /// A mere query keeps the path; the JDK drops its last part.
    private static URI resolved(URI declared, String reference) {
        return reference.startsWith("?")
                ? declared.resolve(declared.getRawPath() + reference)
                : declared.resolve(reference);
    }

    /// What keeps an upstream from being dialled, as far as can be told without a lookup.
    ///
    /// @param ports that a public upstream may listen on
    public static Optional<String> problem(URI declared, Network network, Set<Integer> ports) {
        return switch (of(declared, network, ports)) {
            case Refused(var problem) -> Optional.of(problem);
            case Found(var locator) ->
                Hosts.literal(locator.host())
                        .flatMap(address -> Addresses.judge(address, network) instanceof Judgement.Refused(var reach)
                                ? Optional.of("url has an address that is " + reach + ", closed to this upstream")
                                : Optional.empty());
        };
    }

    private static Optional<String> misspelt(String text) {
        if (!text.chars().allMatch(c -> c > ' ' && c < 0x7F && c != '\\')) {
            return Optional.of("url holds a blank, a control character, a backslash or a character beyond ASCII");
        }
        return text.indexOf('#') >= 0 || text.indexOf('?') != text.lastIndexOf('?')
                ? Optional.of("url has a fragment or two question marks")
                : Optional.empty();
    }

    private static Locating agreed(String text, Network network, Set<Integer> ports) {
        try {
            var one = new URI(text).parseServerAuthority();
            var other = Uri.create(text);
            return one.getHost() != null && agree(one, other)
                    ? checked(one, network, ports)
                    : new Refused("url is read differently by different readers");
        } catch (URISyntaxException | RuntimeException _) {
            return new Refused("url cannot be read");
        }
    }

    private static boolean agree(URI one, Uri other) {
        return one.getScheme().equalsIgnoreCase(other.getScheme())
                && bare(one.getHost()).equals(bare(other.host().address()))
                && port(one) == other.port()
                && path(one)
                        .equals(
                                other.toRelative().toString().isEmpty()
                                        ? "/"
                                        : other.toRelative().toString())
                && one.getRawUserInfo() == null
                && other.getUserInfo().isEmpty();
    }

    private static Locating checked(URI url, Network network, Set<Integer> ports) {
        var secure = url.getScheme().equalsIgnoreCase("https");
        if (!secure && !(url.getScheme().equalsIgnoreCase("http") && network != Network.PUBLIC)) {
            return new Refused("url is not https; http is for network: private or loopback");
        }
        if (network == Network.PUBLIC && !ports.contains(port(url))) {
            return new Refused("url has a port that public upstreams may not have");
        }
        var host = url.getHost().toLowerCase(Locale.ROOT);
        return Hosts.problem(host, network)
                .<Locating>map(Refused::new)
                .orElseGet(() -> new Found(new Locator(secure, host, port(url), path(url), network)));
    }

    /// For TLS and for comparing: without the brackets.
    public String bareHost() {
        return bare(host);
    }

    public boolean sharesOrigin(Locator other) {
        return secure == other.secure && host.equals(other.host) && port == other.port;
    }

    private static String bare(String host) {
        var inner = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return inner.toLowerCase(Locale.ROOT);
    }

    private static int port(URI url) {
        var known = url.getScheme().equalsIgnoreCase("https") ? 443 : 80;
        return url.getPort() < 0 ? known : url.getPort();
    }

    private static String path(URI url) {
        var path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
    }
}
