package gatehouse.config.gitops;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// How documents name what they declare, and what others declare.
final class Ids {

    /// Part of paths, names on the wire, metrics and logs: so plain that nothing needs escaping.
    private static final Pattern SHAPE = Pattern.compile("[a-z0-9-]{1,63}");

    private Ids() {}

    static Optional<Written> own(Section document) {
        return id(document.value("id").required());
    }

    /// The id of something declared elsewhere, noted to be looked up once everything is read.
    static String reference(Value value, Kind kind) {
        var id = id(value);
        id.ifPresent(written -> value.ledger().references().add(new Reference(kind, written)));
        return id.map(Written::value).orElse("");
    }

    static List<String> references(Value list, Kind kind) {
        return list.items().stream().map(item -> reference(item, kind)).toList();
    }

    private static Optional<Written> id(Value value) {
        return value.written().filter(id -> {
            var fits = SHAPE.matcher(id.value()).matches();
            value.check(fits, "is not 1 to 63 of a-z, 0-9 and -");
            return fits;
        });
    }
}
