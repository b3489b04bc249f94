package gatehouse.session.upstream;

import java.time.Instant;

/// Which eras an upstream speaks, as far as is known. Both false: nobody knows yet.
///
/// @param sse whether the legacy era is spoken over HTTP+SSE
/// @param until when to ask again; a wrong verdict would otherwise work silently forever
public record Verdict(boolean legacy, boolean modern, boolean sse, Instant until) {

    public Verdict {
        if (sse && !legacy) {
            throw new IllegalArgumentException("HTTP+SSE is of the legacy era");
        }
    }

    public Verdict(boolean legacy, boolean modern, Instant until) {
        this(legacy, modern, false, until);
    }

    /// Only the legacy era, and only over HTTP+SSE.
    public static Verdict ofSse(Instant until) {
        return new Verdict(true, false, true, until);
    }

    public boolean isDecided() {
        return legacy || modern;
    }

    public boolean holdsAt(Instant now) {
        return now.isBefore(until);
    }
}
