package gatehouse.node.edge;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Whether a request's headers say that we can read it and its client can read us.
///
/// Every value is taken as the list of all headers of that name, since two of a kind are the attack.
public final class Content {

    private static final String JSON = "application/json";
    private static final String EVENTS = "text/event-stream";
    private static final Pattern REFUSED = Pattern.compile(";\\s*[qQ]=0(\\.0{0,3})?\\s*(;|$)");
    private static final Set<String> SINGLE = Set.of(
            "mcp-session-id",
            "content-type",
            "authorization",
            "x-mcp-agent-key",
            "mcp-protocol-version",
            "last-event-id",
            "origin");

    /// Both sides will understand each other, or why not.
    public sealed interface Verdict {}

    public record Understood() implements Verdict {}

    /// Answered 400: a header came twice that may come once.
    public record Repeated(String name) implements Verdict {}

    /// Answered 415: the body is not JSON in UTF-8.
    public record Unsupported(String expected) implements Verdict {}

    /// Answered 406: the client does not take what we may send.
    public record NotAccepted(String missing) implements Verdict {}

    private Content() {}

    /// Header names that may occur once, in lower case.
    public static Set<String> singletons() {
        return SINGLE;
    }

    /// Judges the names of all headers of a request, in any case.
    public static Verdict judgeNames(List<String> names) {
        var met = new HashSet<String>();
        for (var name : names) {
            var lower = name.toLowerCase(Locale.ROOT);
            if (SINGLE.contains(lower) && !met.add(lower)) {
                return new Repeated(lower);
            }
        }
        return new Understood();
    }

    /// A POST carries JSON and takes both JSON and an event stream.
    public static Verdict judgePost(List<String> type, List<String> coding, List<String> accept) {
        if (type.size() != 1 || !isJson(type.getFirst())) {
            return type.size() > 1 ? new Repeated("content-type") : new Unsupported(JSON + "; charset=utf-8");
        }
        if (!coding.stream().allMatch(value -> value.strip().equalsIgnoreCase("identity"))) {
            return new Unsupported("no content coding");
        }
        if (!accepts(accept, JSON)) {
            return new NotAccepted(JSON);
        }
        return judgeGet(accept);
    }

    /// A GET takes an event stream.
    public static Verdict judgeGet(List<String> accept) {
        return accepts(accept, EVENTS) ? new Understood() : new NotAccepted(EVENTS);
    }

    private static boolean isJson(String value) {
        var parts = value.split(";", 3);
        if (!parts[0].strip().equalsIgnoreCase(JSON) || parts.length > 2) {
            return false;
        }
        var parameter = parts.length == 1 ? "charset=utf-8" : parts[1].strip().toLowerCase(Locale.ROOT);
        return parameter.equals("charset=utf-8") || parameter.equals("charset=\"utf-8\"");
    }

    /// The most specific range that fits decides; one with weight zero is a refusal.
    private static boolean accepts(List<String> accept, String type) {
        return Stream.of(type, type.substring(0, type.indexOf('/')) + "/*", "*/*")
                .flatMap(range -> elements(accept)
                        .filter(element -> names(element, range))
                        .limit(1))
                .findFirst()
                .filter(element -> !REFUSED.matcher(element).find())
                .isPresent();
    }

    private static Stream<String> elements(List<String> accept) {
        return accept.stream().flatMap(value -> Stream.of(value.split(",", -1)));
    }

    private static boolean names(String element, String range) {
        var end = element.indexOf(';');
        return (end < 0 ? element : element.substring(0, end)).strip().equalsIgnoreCase(range);
    }
}
