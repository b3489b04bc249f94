package gatehouse.session.crossing.legacy;

import gatehouse.session.mcp.Id;
import java.math.BigInteger;
import java.security.SecureRandom;

/// Names that nobody can guess and nothing else has.
final class Fresh {

    private static final int BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Fresh() {}

    static Id.Text id() {
        return new Id.Text(name());
    }

    static String name() {
        return new BigInteger(BITS, RANDOM).toString(Character.MAX_RADIX);
    }
}
