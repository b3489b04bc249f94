package gatehouse.session.crossing.modern;

import gatehouse.session.mcp.Id;
import java.math.BigInteger;
import java.security.SecureRandom;

/// Makes the ids of what the gateway says for itself, and the names that nobody must guess.
final class Ids {

    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() {}

    static Id next() {
        return new Id.Text("gatehouse-" + new BigInteger(96, RANDOM).toString(36));
    }

    static String unguessable() {
        return new BigInteger(128, RANDOM).toString(36);
    }
}
