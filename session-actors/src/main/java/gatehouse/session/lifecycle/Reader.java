package gatehouse.session.lifecycle;

import gatehouse.config.cluster.Neighbours;
import gatehouse.config.cluster.Wire;
import java.math.BigInteger;
import java.security.SecureRandom;

/// A connection that reads a session's own stream. Nobody can guess its name, so nobody but itself hangs it up; and the
/// name says at which node it reads.
public record Reader(String name) implements Wire {

    static final Reader NOBODY = new Reader("");

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BITS = 96;

    public static Reader next(Neighbours neighbours) {
        return new Reader(neighbours.here() + new BigInteger(BITS, RANDOM).toString(Character.MAX_RADIX));
    }

    String node() {
        return name.substring(0, Math.min(Neighbours.DIGITS, name.length()));
    }
}
