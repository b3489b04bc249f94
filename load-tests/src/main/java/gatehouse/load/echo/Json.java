package gatehouse.load.echo;

/// Finds single members of a JSON object without building anything; it trusts what it reads.
final class Json {

    private Json() {}

    /// The raw value of a member, empty where the object has no such member.
    static Span member(Span object, byte[] name) {
        var at = skipBlanks(object, object.from()) + 1;
        while (at < object.to()) {
            var key = skipBlanks(object, at);
            if (key >= object.to() || object.bytes()[key] != '"') {
                break;
            }
            var keyEnd = skipString(object, key);
            var value = skipBlanks(object, skipBlanks(object, keyEnd) + 1);
            var valueEnd = skipValue(object, value);
            if (object.cut(key + 1, keyEnd - 1).is(name)) {
                return object.cut(Math.min(value, object.to()), Math.min(valueEnd, object.to()));
            }
            at = skipBlanks(object, valueEnd) + 1;
        }
        return object.cut(0, 0);
    }

    private static int skipBlanks(Span text, int at) {
        while (at < text.to() && text.bytes()[at] <= ' ') {
            at++;
        }
        return at;
    }

    private static int skipString(Span text, int quote) {
        var at = quote + 1;
        while (at < text.to() && text.bytes()[at] != '"') {
            at += text.bytes()[at] == '\\' ? 2 : 1;
        }
        return at + 1;
    }

    private static int skipValue(Span text, int at) {
        var depth = 0;
        while (at < text.to()) {
            switch (text.bytes()[at]) {
                case '"' -> {
                    at = skipString(text, at) - 1;
                }
                case '{', '[' -> depth++;
                case '}', ']' -> {
                    if (depth-- == 0) {
                        return at;
                    }
                }
                case ',', ' ', '\n', '\r', '\t' -> {
                    if (depth == 0) {
                        return at;
                    }
                }
                default -> {}
            }
            at++;
        }
        return at;
    }
}
