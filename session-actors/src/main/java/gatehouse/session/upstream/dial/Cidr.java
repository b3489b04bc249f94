package gatehouse.session.upstream.dial;

import java.net.InetAddress;
import java.util.Arrays;

/// A range of addresses that share their first bits.
final class Cidr {

    private final byte[] prefix;
    private final int bits;

    private Cidr(byte[] prefix, int bits) {
        this.prefix = prefix;
        this.bits = bits;
    }

    /// Reads `10.0.0.0/8`; an address alone is a range of one.
    static Cidr of(String text) {
        var slash = text.indexOf('/');
        var prefix = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash))
                .getAddress();
        var bits = slash < 0 ? prefix.length * 8 : Integer.parseInt(text.substring(slash + 1));
        if (bits > prefix.length * 8) {
            throw new IllegalArgumentException(text + " has more than " + prefix.length * 8 + " bits");
        }
        return new Cidr(prefix, bits);
    }

    boolean holds(byte[] address) {
        if (address.length != prefix.length) {
            return false;
        }
        var whole = bits / 8;
        var rest = 0xFF00 >> bits % 8 & 0xFF;
        return Arrays.equals(address, 0, whole, prefix, 0, whole)
                && (rest == 0 || (address[whole] & rest) == (prefix[whole] & rest));
    }
}
