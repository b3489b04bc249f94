package gatehouse.node.edge.wire;

/// Whether a target has one spelling only. What a proxy before us takes for another path than we do is a way around its
/// rules: so no segment is a dot or two, and nothing is escaped that need not be.
final class Target {

    private Target() {}

    /// Up to the query, which nothing here is routed by, each escape must still be one.
    static boolean isPlain(byte[] bytes, int from, int to) {
        var segment = from;
        for (var at = from; at < to; at++) {
            switch (bytes[at]) {
                case '%' -> {
                    if (!escapes(bytes, at, to)) {
                        return false;
                    }
                }
                case '#', '\\' -> {
                    return false;
                }
                case '/' -> {
                    if (dots(bytes, segment, at)) {
                        return false;
                    }
                    segment = at + 1;
                }
                case '?' -> {
                    return !dots(bytes, segment, at) && query(bytes, at + 1, to);
                }
                default -> {}
            }
        }
        return !dots(bytes, segment, to);
    }

    private static boolean query(byte[] bytes, int from, int to) {
        for (var at = from; at < to; at++) {
            if (bytes[at] == '#' || (bytes[at] == '%' && octet(bytes, at, to) < 0)) {
                return false;
            }
        }
        return true;
    }

    /// An escape of something that could not stand there by itself.
    private static boolean escapes(byte[] bytes, int at, int to) {
        var octet = octet(bytes, at, to);
        return octet > ' ' && !unreserved(octet);
    }

    private static int octet(byte[] bytes, int at, int to) {
        if (at + 2 >= to) {
            return -1;
        }
        var high = Octets.hex(bytes[at + 1]);
        var low = Octets.hex(bytes[at + 2]);
        return high < 0 || low < 0 ? -1 : high * 16 + low;
    }

    private static boolean unreserved(int octet) {
        return (octet >= 'a' && octet <= 'z')
                || (octet >= 'A' && octet <= 'Z')
                || (octet >= '0' && octet <= '9')
                || "-._~".indexOf(octet) >= 0;
    }

    private static boolean dots(byte[] bytes, int from, int to) {
        return (to - from == 1 && bytes[from] == '.')
                || (to - from == 2 && bytes[from] == '.' && bytes[from + 1] == '.');
    }
}
