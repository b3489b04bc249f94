package gatehouse.node.edge;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Whether a request's headers say that we can read it and its client can read us.
///
/// Every value is taken as the list of all headers of that name, since two of a kind are the attack.
public final class Content {

    private static final String JSON = "application/json";
    private static final String EVENTS = "text/event-stream";

    /// The most specific first.
    private static final List<String> JSON_RANGES = List.of(JSON, "application/*", "*/*");

    private static final List<String> EVENT_RANGES = List.of(EVENTS, "text/*", "*/*");
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

    /// Judges the names of all headers of a request, in lower case.
    public static Verdict judgeNames(List<String> names) {
        for (var i = 1; i < names.size(); i++) {
            var name = names.get(i);
            if (SINGLE.contains(name) && names.indexOf(name) < i) {
                return new Repeated(name);
            }
        }
        return new Understood();
    }

    /// A POST carries JSON and takes both JSON and an event stream.
    public static Verdict judgePost(List<String> type, List<String> coding, List<String> accept) {
        if (type.size() != 1 || !isJson(type.getFirst())) {
            return type.size() > 1 ? new Repeated("content-type") : new Unsupported("JSON in UTF-8");
        }
        if (!coding.stream().allMatch(value -> value.strip().equalsIgnoreCase("identity"))) {
            return new Unsupported("no content coding");
        }
        if (!accepts(accept, JSON_RANGES)) {
            return new NotAccepted(JSON);
        }
        return judgeGet(accept);
    }

    /// A GET takes an event stream.
    public static Verdict judgeGet(List<String> accept) {
        return accepts(accept, EVENT_RANGES) ? new Understood() : new NotAccepted(EVENTS);
    }

    private static boolean isJson(String value) {
        if (value.equals(JSON)) {
            return true;
        }
        var parts = value.split(";", 3);
        if (!parts[0].strip().equalsIgnoreCase(JSON) || parts.length > 2) {
            return false;
        }
        var parameter = parts.length == 1 ? "charset=utf-8" : parts[1].strip().toLowerCase(Locale.ROOT);
        return parameter.equals("charset=utf-8") || parameter.equals("charset=\"utf-8\"");
    }

    /// The most specific range that fits decides; one with weight zero is a refusal. Every request comes by here,
    /// so
    /// nothing is taken apart that need not be.
    private static boolean accepts(List<String> accept, List<String> ranges) {
        for (var range : ranges) {
            for (var value : accept) {
                for (int from = 0, end; from <= value.length(); from = end + 1) {
                    var comma = value.indexOf(',', from);
                    end = comma < 0 ? value.length() : comma;
                    if (names(value, from, end, range)) {
                        return value.indexOf(';', from, end) < 0
                                || !REFUSED.matcher(value).region(from, end).find();
                    }
                }
            }
        }
        return false;
    }

    /// Whether the part of a value is this range, whatever its parameters.
    private static boolean names(String value, int from, int end, String range) {
        var semicolon = value.indexOf(';', from, end);
        var last = semicolon < 0 ? end : semicolon;
        var first = from;
        while (first < last && Character.isWhitespace(value.charAt(first))) {
            first++;
        }
        while (first < last && Character.isWhitespace(value.charAt(last - 1))) {
            last--;
        }
        return last - first == range.length() && value.regionMatches(true, first, range, 0, range.length());
    }
}
