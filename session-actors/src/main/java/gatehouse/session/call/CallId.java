package gatehouse.session.call;

import gatehouse.session.mcp.Id;
import java.nio.ByteBuffer;
import java.security.SecureRandom;

/// Names a call in logs, and towards the upstream: its JSON-RPC id and progress token there. Unique among the nodes of
/// a cluster, and not to be guessed: whoever knows some of them knows nothing of any other.
public record CallId(String value) {

    private static final Draw DRAW = new Draw();

    public static CallId next() {
        return new CallId(digits(DRAW.next()) + digits(DRAW.next()));
    }

    private static String digits(long number) {
        return Long.toString(number >>> 1, Character.MAX_RADIX);
    }

    public Id id() {
        return new Id.Text(value);
    }

    @Override
    public String toString() {
        return value;
    }

    /// Secure random numbers, made many at a time as each asking costs more than what it brings.
    private static final class Draw {

        private static final int AT_ONCE = 2048;

        private final SecureRandom random = new SecureRandom();
        private final byte[] made = new byte[AT_ONCE];
        private final ByteBuffer left = ByteBuffer.wrap(made).limit(0);

        synchronized long next() {
            if (!left.hasRemaining()) {
                random.nextBytes(made);
                left.clear();
            }
            return left.getLong();
        }
    }
}
