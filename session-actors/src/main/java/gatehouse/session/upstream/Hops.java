package gatehouse.session.upstream;

import java.util.Collections;
import java.util.List;

/// How often a request has passed a gateway of this kind already, as its `Via` headers tell (RFC 9110 §7.6.3).
///
/// A route may lead back to the gateway itself, directly or through others. Every request on its way to an upstream
/// carries one entry more than it came with, under a name that says what we are and not where. A client can add to them
/// and be refused sooner, but take none away: what came is always sent on.
public record Hops(int count) {

    private static final String VIA = "Via";
    private static final String SELF = "1.1 gatehouse";

    /// What each request adds.
    static final Header OWN = new Header(VIA, SELF);

    /// Of all `Via` headers of a request. Those of others are none of our business and go no further.
    public static Hops of(List<String> via) {
        var count = 0;
        for (var value : via) {
            for (var entry : value.split(",", -1)) {
                if (entry.strip().equalsIgnoreCase(SELF)) {
                    count++;
                }
            }
        }
        return new Hops(count);
    }

    /// What came, to be sent on; nothing where nothing came.
    public List<Header> onward() {
        return count == 0 ? List.of() : List.of(new Header(VIA, String.join(", ", Collections.nCopies(count, SELF))));
    }

    /// Those of `headers` that tell of hops.
    public static List<Header> among(List<Header> headers) {
        return headers.stream().filter(header -> header.name().equals(VIA)).toList();
    }
}
