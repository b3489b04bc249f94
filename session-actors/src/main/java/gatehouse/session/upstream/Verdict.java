package gatehouse.session.upstream;

import java.time.Instant;

/// Which eras an upstream speaks, as far as is known. Both false: nobody knows yet.
///
/// @param until when to ask again; a wrong verdict would otherwise work silently forever
public record Verdict(boolean legacy, boolean modern, Instant until) {

    public boolean isDecided() {
        return legacy || modern;
    }

    public boolean holdsAt(Instant now) {
        return now.isBefore(until);
    }
}
