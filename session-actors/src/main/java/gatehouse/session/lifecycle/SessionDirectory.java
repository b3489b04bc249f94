package gatehouse.session.lifecycle;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// The port to what is known about many stored sessions at once.
///
/// It reads the very rows the sessions write: persistence id `session|key`, the principal as tag. A session that has
/// written nothing yet is not in it.
public interface SessionDirectory {

    /// How many sessions a principal has.
    CompletionStage<Integer> count(String principal);

    /// Sessions whose last write is older, oldest first, at most `limit` of them.
    CompletionStage<List<SessionKey>> expired(Instant before, int limit);
}
