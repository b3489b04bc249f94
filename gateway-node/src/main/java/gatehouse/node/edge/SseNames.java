package gatehouse.node.edge;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/// Names the streams of HTTP+SSE clients, so that messages find theirs. Nobody can guess one, and to know one is not
/// enough: whoever posts must have opened it.
final class SseNames {

    private static final Pattern QUERY = Pattern.compile("sessionId=([A-Za-z0-9_-]{1,64})");
    private static final int RANDOM_BYTES = 24;

    private final SecureRandom random = new SecureRandom();

    String mint() {
        var bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// The one that a request names.
    static Optional<String> in(HttpRequest request) {
        return request.getUri()
                .rawQueryString()
                .map(QUERY::matcher)
                .filter(Matcher::matches)
                .map(match -> match.group(1));
    }
}
