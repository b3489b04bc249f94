package gatehouse.session.crossing.legacy;

import gatehouse.session.mcp.Members;
import gatehouse.session.mcp.Mirrors;
import gatehouse.session.upstream.Header;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
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
/// no tool for a client that speaks HTTP.
final class Annotations {

    /// One argument: the names that lead to it, and the header it is repeated in.
    record Annotation(List<String> path, String header) {
        Annotation {
            path = List.copyOf(path);
        }
    }

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

    private Annotations() {}

    /// The annotations of an input schema; nothing where one of them is unsound.
    static Optional<List<Annotation>> of(String inputSchema) {
        if (!inputSchema.contains(MARK)) {
            return Optional.of(List.of());
        }
        var annotations = new Annotations();
        annotations.visit(inputSchema, List.of(), true);
        return annotations.sound ? Optional.of(annotations.found) : Optional.empty();
    }

    private void visit(String schema, List<String> path, boolean reachable) {
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
        schemas.filter(schema -> schema.contains(MARK)).forEach(schema -> visit(schema, List.of(), false));
    }

    private void note(String mark, String type, List<String> path, boolean reachable) {
        var name = Members.text(mark).filter(text -> TOKEN.matcher(text).matches());
        sound &= reachable
                && !path.isEmpty()
                && TYPES.contains(type)
                && name.filter(text -> names.add(text.toLowerCase(Locale.ROOT))).isPresent();
        name.ifPresent(text -> found.add(new Annotation(path, text)));
    }

    private static List<String> longer(List<String> path, String name) {
        return Stream.concat(path.stream(), Stream.of(name)).toList();
    }

    /// The headers that repeat these arguments; none for an argument that is not there.
    static List<Header> headers(List<Annotation> annotations, String arguments) {
        return annotations.stream()
                .flatMap(annotation -> value(arguments, annotation.path())
                        .flatMap(Annotations::written)
                        .map(text -> new Header(Mirrors.PARAM + annotation.header(), text))
                        .stream())
                .toList();
    }

    private static Optional<String> value(String arguments, List<String> path) {
        var value = Optional.of(arguments);
        for (var name : path) {
            value = value.flatMap(json -> Optional.ofNullable(Members.of(json).get(name)));
        }
        return value;
    }

    private static Optional<String> written(String json) {
        return switch (json.isEmpty() ? ' ' : json.charAt(0)) {
            case '"' -> Members.text(json).map(Mirrors::written);
            case 't', 'f' -> Optional.of(json);
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> integer(json);
            default -> Optional.empty();
        };
    }

    private static Optional<String> integer(String json) {
        var number = new BigDecimal(json).stripTrailingZeros();
        return number.scale() <= 0 && number.precision() - number.scale() <= 16
                ? Optional.of(number.toBigInteger().toString())
                : Optional.empty();
    }
}
