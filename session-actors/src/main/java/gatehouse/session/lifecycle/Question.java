package gatehouse.session.lifecycle;

import gatehouse.config.cluster.Stored;
import gatehouse.config.cluster.Wire;
import java.time.Instant;
import java.util.Objects;

/// Something an upstream asked the client: sampling, elicitation, roots.
///
/// @param upstreamId the JSON of the id under which the upstream waits for the answer
/// @param leg the upstream session that asked: an answer is worth nothing to another
/// @param call the JSON of the request that led to it; empty where none did, or an earlier version did not say
public record Question(String upstreamId, String leg, Instant deadline, String call) implements Stored, Wire {

    public Question {
        call = Objects.requireNonNullElse(call, "");
    }
}
