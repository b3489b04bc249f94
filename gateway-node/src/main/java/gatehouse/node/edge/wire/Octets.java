package gatehouse.node.edge.wire;

/// The classes of bytes that HTTP's grammar distinguishes.
final class Octets {

    private static final byte TEXT = 1;
    private static final byte TOKEN = 2;
    private static final byte HOST = 4;
    private static final byte[] CLASSES = classes();

    private Octets() {}

    /// May stand in a line of a head: visible, blank, tab, or above ASCII.
    static boolean text(byte octet) {
        return (CLASSES[octet & 0xff] & TEXT) != 0;
    }

    static boolean token(byte octet) {
        return (CLASSES[octet & 0xff] & TOKEN) != 0;
    }

    static boolean host(byte octet) {
        return (CLASSES[octet & 0xff] & HOST) != 0;
    }

    static boolean blank(byte octet) {
        return octet == ' ' || octet == '\t';
    }

    static boolean digit(byte octet) {
        return octet >= '0' && octet <= '9';
    }

    /// The value of a hexadecimal digit, or -1.
    static int hex(byte octet) {
        return Character.digit(octet, 16);
    }

    /// Whether these bytes spell the lower-case word, in whatever case.
    static boolean spell(byte[] bytes, int from, int to, byte[] word) {
        if (to - from != word.length) {
            return false;
        }
        for (var i = 0; i < word.length; i++) {
            if (lower(bytes[from + i]) != word[i]) {
                return false;
            }
        }
        return true;
    }

    static byte lower(byte octet) {
        return octet >= 'A' && octet <= 'Z' ? (byte) (octet | 0x20) : octet;
    }

    private static byte[] classes() {
        var classes = new byte[256];
        for (var i = 0; i < 256; i++) {
            var text = i == '\t' || (i >= ' ' && i != 0x7f);
            var alphanumeric = (i >= '0' && i <= '9') || (i >= 'A' && i <= 'Z') || (i >= 'a' && i <= 'z');
            var token = alphanumeric || (i < 128 && "!#$%&'*+-.^_`|~".indexOf(i) >= 0);
            var host = alphanumeric || (i < 128 && ".-_:[]".indexOf(i) >= 0);
            classes[i] = (byte) ((text ? TEXT : 0) | (token ? TOKEN : 0) | (host ? HOST : 0));
        }
        return classes;
    }
}
