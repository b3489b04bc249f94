package gatehouse.session.lifecycle;

import gatehouse.config.cluster.Stored;
import gatehouse.config.cluster.Wire;
import gatehouse.session.mcp.Dialect;
import gatehouse.session.upstream.Header;
import java.util.ArrayList;
import java.util.List;

/// A session's tie to one upstream: the session id the upstream gave out, empty if it keeps none, and its revision.
public record Leg(String session, String version) implements Stored, Wire {

    public static final Leg NONE = new Leg("", "");

    public Leg {
        version = Dialect.shared(version);
    }

    /// What every request on this leg carries, beside what else it should.
    public ArrayList<Header> headers(List<Header> more) {
        var headers = new ArrayList<>(more);
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
