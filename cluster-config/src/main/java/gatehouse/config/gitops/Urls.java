package gatehouse.config.gitops;

import gatehouse.config.catalogue.Network;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/// Which addresses a document may name.
final class Urls {

    /// Stands in for an address that cannot be used, until the problem it caused ends the reading.
    private static final URI NONE = URI.create("https://upstream.invalid/");

    private static final Pattern ORIGIN = Pattern.compile("https?://[a-z0-9.-]+(:[0-9]{1,5})?");
    private static final int LONGEST = 2000;

    private Urls() {}

    /// Where an upstream listens. A text that is refused is not repeated: it may hold a password.
    static URI upstream(Value at, Network network) {
        var text = at.text(LONGEST);
        if (text.isEmpty()) {
            return NONE;
        }
        try {
            var url = new URI(text);
            var problem = problem(url, network);
            at.check(problem.isEmpty(), problem);
            return problem.isEmpty() ? url : NONE;
        } catch (URISyntaxException malformed) {
            at.complain("is not a URL");
            return NONE;
        }
    }

    /// What a browser sends as `Origin`: `https://host` or `https://host:port`, and nothing after it.
    static boolean isOrigin(String text) {
        return ORIGIN.matcher(text).matches();
    }

    private static String problem(URI url, Network network) {
        var scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            return "is neither an http nor an https URL";
        }
        if (scheme.equals("http") && network == Network.PUBLIC) {
            return "is http, which only an upstream with network loopback or private may use";
        }
        if (url.getRawAuthority() != null && url.getRawAuthority().contains("@")) {
            return "carries a user or password; a document is no place for them";
        }
        if (url.getHost() == null || url.getPort() > 65_535 || url.getPort() == 0) {
            return "has no host name and port that can be dialled";
        }
        return url.getRawFragment() == null ? "" : "has a fragment, which no server would see";
    }
}
