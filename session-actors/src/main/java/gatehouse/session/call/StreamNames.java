package gatehouse.session.call;

import gatehouse.config.cluster.Neighbours;
import java.math.BigInteger;
import java.security.SecureRandom;

/// Names streams so that no name can be guessed, and that of a call's stream says which node writes it.
final class StreamNames {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BITS = 96;

    private StreamNames() {}

    static String next() {
        return new BigInteger(BITS, RANDOM).toString(Character.MAX_RADIX);
    }

    static String next(Neighbours neighbours) {
        return neighbours.here() + next();
    }

    /// Which node writes the stream of a call; of a name that says nothing about it, one that is nobody's.
    static String node(String name) {
        return name.substring(0, Math.min(Neighbours.DIGITS, name.length()));
    }
}
