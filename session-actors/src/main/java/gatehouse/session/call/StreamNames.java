package gatehouse.session.call;

import java.math.BigInteger;
import java.security.SecureRandom;

/// Names streams so that no name can be guessed.
public final class StreamNames {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BITS = 96;

    private StreamNames() {}

    public static String next() {
        return new BigInteger(BITS, RANDOM).toString(Character.MAX_RADIX);
    }
}
