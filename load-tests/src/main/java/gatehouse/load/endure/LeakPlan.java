package gatehouse.load.endure;

import java.time.Duration;
import java.util.Map;

/// How many sessions are to be left, how long the node may take to forget them, and what may stay.
///
/// @param allowed by how much a counter may end above its start
public record LeakPlan(int sessions, Duration settle, Map<String, Long> allowed) {
    public LeakPlan {
        allowed = Map.copyOf(allowed);
    }
}
