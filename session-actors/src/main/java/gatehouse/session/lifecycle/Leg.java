package gatehouse.session.lifecycle;

import gatehouse.config.cluster.Stored;
import gatehouse.config.cluster.Wire;
import gatehouse.session.mcp.Dialect;
import gatehouse.session.upstream.Header;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/// A session's tie to one upstream: the session id the upstream gave out, empty if it keeps none, and its revision.
///
/// A modern upstream has no sessions. The leg to one has an id of ours, which no upstream could have given out: it says
/// that the leg is a modern one, and tells it from the one before it.
public record Leg(String session, String version) implements Stored, Wire {

    /// The longest session id an upstream may give out; every session keeps one, and so does each of its questions.
    static final int LONGEST = 4096;

    public static final Leg NONE = new Leg("", "");

    /// No header can hold it, so no upstream can pretend.
    private static final String MODERN = "\u2192";

    private static final int RANDOM_BITS = 96;
    private static final SecureRandom RANDOM = new SecureRandom();

    public Leg {
        version = Dialect.shared(version);
    }

    /// The id of a new leg to an upstream of the modern era.
    public static String modernSession() {
        return MODERN + new BigInteger(RANDOM_BITS, RANDOM).toString(Character.MAX_RADIX);
    }

    /// Whether the upstream speaks the modern era, and the client does not.
    public boolean modern() {
        return session.startsWith(MODERN);
    }

    /// What every request on this leg carries, beside what else it should.
    public ArrayList<Header> headers(List<Header> more) {
        var headers = new ArrayList<>(more);
        if (modern()) {
            return headers;
        }
        if (!session.isEmpty()) {
            headers.add(Header.session(session));
        }
        if (!version.isEmpty()) {
            headers.add(Header.version(version));
        }
        return headers;
    }

    @Override
    public String toString() {
        return "leg of " + version;
    }
}
