package gatehouse.session.crossing.legacy;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.partitioningBy;
import static java.util.stream.Collectors.toList;

import gatehouse.session.mcp.Members;
import gatehouse.session.mcp.Mirrors;
import gatehouse.session.upstream.Header;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Which arguments of a tool its upstream wants repeated in headers: what `x-mcp-header` says in its input schema.
///
/// An annotation counts only where every reader finds the same argument for it: on a text, an integer or a boolean,
/// reached
/// through `properties` alone, under a name that is a token and that no other has. A tool with any other annotation is
/// no tool for a client that speaks HTTP. Nor is one whose annotations are too many, too deep or in too large a schema:
/// an upstream may write what it likes, and every call would pay for it.
final class Annotations {

    /// One argument: the names that lead to it, and the header it is repeated in.
    record Annotation(List<String> path, String header) {
        Annotation {
            path = List.copyOf(path);
        }

        /// Bytes it takes in memory, about.
        long weight() {
            var weight = (long) STEP + header.length();
            for (var step : path) {
                weight += (long) STEP + step.length();
            }
            return weight;
        }

        /// What each name costs beside its letters.
        private static final int STEP = 60;
    }

    /// Annotations of one tool: as many headers may each of its calls have.
    static final int MOST = 64;

    /// Schemas one in another that are searched: each level is read, and held, once more.
    static final int DEEPEST = 8;

    /// Letters of a schema that is searched.
    static final int LARGEST = 256 * 1024;

    /// Letters of the name of an argument, or of a tool, that is remembered.
    static final int LONGEST_NAME = 256;

    private static final String MARK = "x-mcp-header";
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");
    private static final Set<String> TYPES = Set.of("\"string\"", "\"integer\"", "\"boolean\"");

    /// Where one schema stands in another, and leads to no argument by name alone.
    private static final Set<String> ASIDE = Set.of(
            "items",
            "contains",
            "additionalProperties",
            "unevaluatedProperties",
            "unevaluatedItems",
            "propertyNames",
            "not",
            "if",
            "then",
            "else",
            "prefixItems",
            "oneOf",
            "anyOf",
            "allOf");

    private static final Set<String> ASIDE_BY_NAME =
            Set.of("patternProperties", "dependentSchemas", "$defs", "definitions");

    private final List<Annotation> found = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private boolean sound = true;
    private int depth = 0;

    private Annotations() {}

    /// The annotations of an input schema; nothing where one of them is unsound.
    static Optional<List<Annotation>> of(String inputSchema) {
        if (!inputSchema.contains(MARK)) {
            return Optional.of(List.of());
        }
        if (inputSchema.length() > LARGEST) {
            return Optional.empty();
        }
        var annotations = new Annotations();
        annotations.visit(inputSchema, List.of(), true);
        return annotations.sound ? Optional.of(annotations.found) : Optional.empty();
    }

    /// What is deeper than is searched might be an annotation.
    private void visit(String schema, List<String> path, boolean reachable) {
        if (!sound || !schema.contains(MARK)) {
            return;
        }
        sound = depth <= DEEPEST;
        if (sound) {
            depth++;
            search(schema, path, reachable);
            depth--;
        }
    }

    private void search(String schema, List<String> path, boolean reachable) {
        var members = Members.of(schema);
        if (members.containsKey(MARK)) {
            note(members.getOrDefault(MARK, ""), members.getOrDefault("type", ""), path, reachable);
        }
        Members.of(Members.object(members, "properties"))
                .forEach((name, property) -> visit(property, longer(path, name), reachable));
        members.forEach((name, value) -> {
            if (ASIDE.contains(name)) {
                visitAside(value.startsWith("[") ? Members.elements(value).stream() : Stream.of(value));
            } else if (ASIDE_BY_NAME.contains(name)) {
                visitAside(Members.of(value).values().stream());
            }
        });
    }

    private void visitAside(Stream<String> schemas) {
        schemas.forEach(schema -> visit(schema, List.of(), false));
    }

    private void note(String mark, String type, List<String> path, boolean reachable) {
        var name = Members.text(mark).filter(text -> TOKEN.matcher(text).matches());
        sound &= reachable
                && !path.isEmpty()
                && path.stream().allMatch(step -> step.length() <= LONGEST_NAME)
                && found.size() < MOST
                && TYPES.contains(type)
                && name.filter(text -> names.add(text.toLowerCase(Locale.ROOT))).isPresent();
        name.ifPresent(text -> found.add(new Annotation(path, text)));
    }

    private static List<String> longer(List<String> path, String name) {
        return Stream.concat(path.stream(), Stream.of(name)).toList();
    }

    /// The headers that repeat these arguments; none for an argument that is not there.
    static List<Header> headers(List<Annotation> annotations, String arguments) {
        return headers(annotations, arguments, 0).toList();
    }

    /// Reads an object once for all annotations that lead through it.
    ///
    /// @param depth how many names of each path led here
    private static Stream<Header> headers(List<Annotation> annotations, String json, int depth) {
        if (annotations.isEmpty()) {
            return Stream.empty();
        }
        var members = Members.of(json);
        var steps = annotations.stream()
                .filter(annotation -> members.containsKey(annotation.path().get(depth)))
                .collect(groupingBy(annotation -> annotation.path().get(depth), LinkedHashMap::new, toList()));
        return steps.entrySet().stream().flatMap(step -> {
            var value = members.getOrDefault(step.getKey(), "");
            var ends = step.getValue().stream()
                    .collect(partitioningBy(annotation -> annotation.path().size() == depth + 1));
            return Stream.concat(
                    ends.getOrDefault(true, List.of()).stream().flatMap(annotation -> header(annotation, value)),
                    headers(ends.getOrDefault(false, List.of()), value, depth + 1));
        });
    }

    private static Stream<Header> header(Annotation annotation, String value) {
        return written(value).map(text -> new Header(Mirrors.PARAM + annotation.header(), text)).stream();
    }

    private static Optional<String> written(String json) {
        return switch (json.isEmpty() ? ' ' : json.charAt(0)) {
            case '"' -> Members.text(json).map(Mirrors::written);
            case 't', 'f' -> Optional.of(json);
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> integer(json);
            default -> Optional.empty();
        };
    }

    /// Its digits are counted before they are written out: an exponent says a thousand million of them in ten
    /// letters.
    private static Optional<String> integer(String json) {
        try {
            var number = new BigDecimal(json).stripTrailingZeros();
            return number.scale() <= 0 && (long) number.precision() - number.scale() <= 16
                    ? Optional.of(number.toBigInteger().toString())
                    : Optional.empty();
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }
}
