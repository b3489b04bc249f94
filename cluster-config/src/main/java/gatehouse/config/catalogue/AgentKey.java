package gatehouse.config.catalogue;

import java.time.Instant;

/// One key of an [Agent]: its public id, and the hash of the whole key. The key itself is stored nowhere.
public record AgentKey(String id, KeyHash hash, Instant expires) {}
