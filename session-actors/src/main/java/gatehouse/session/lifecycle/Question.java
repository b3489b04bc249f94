package gatehouse.session.lifecycle;

import gatehouse.config.cluster.Stored;
import gatehouse.config.cluster.Wire;
import java.time.Instant;

/// Something an upstream asked the client: sampling, elicitation, roots.
///
/// @param upstreamId the JSON of the id under which the upstream waits for the answer
/// @param leg the upstream session that asked: an answer is worth nothing to another
public record Question(String upstreamId, String leg, Instant deadline) implements Stored, Wire {}
