package gatehouse.session.call;

import gatehouse.session.mcp.Id;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;

/// Names a call in logs, and towards the upstream: its JSON-RPC id and progress token there. Unique among the nodes of
/// a
/// cluster, as each starts counting at a random place.
public record CallId(String value) {

    private static final AtomicLong NEXT = new AtomicLong(new SecureRandom().nextLong() >>> 1);

    public static CallId next() {
        return new CallId(Long.toUnsignedString(NEXT.getAndIncrement(), Character.MAX_RADIX));
    }

    public Id id() {
        return new Id.Text(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
