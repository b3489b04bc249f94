package gatehouse.load.wire;

import java.util.Optional;

/// Reads single values out of an HTTP head.
final class Head {

    private Head() {}

    static int status(String head) {
        var blank = head.indexOf(' ');
        return Integer.parseInt(head, blank + 1, blank + 4, 10);
    }

    static Optional<String> value(String head, String name) {
        var from = head.indexOf("\r\n") + 2;
        while (from > 1 && from < head.length()) {
            var end = head.indexOf("\r\n", from);
            if (head.regionMatches(true, from, name, 0, name.length()) && head.charAt(from + name.length()) == ':') {
                return Optional.of(head.substring(from + name.length() + 1, end).trim());
            }
            from = end + 2;
        }
        return Optional.empty();
    }

    static boolean says(String head, String name, String word) {
        return value(head, name).filter(word::equalsIgnoreCase).isPresent();
    }
}
