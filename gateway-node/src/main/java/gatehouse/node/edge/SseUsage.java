package gatehouse.node.edge;

import gatehouse.config.catalogue.Route;
import gatehouse.policy.verdict.Principal;
import gatehouse.session.mcp.Json;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who still comes over HTTP+SSE, and how often since the node started: what an operator must know before it ends.
///
/// Agents beyond the most that are told apart are counted together.
final class SseUsage {

    private static final Logger LOG = LoggerFactory.getLogger(SseUsage.class);
    private static final int MOST = 1000;
    private static final String OTHERS = "others";

    private final InstantSource clock;
    private final AtomicInteger open = new AtomicInteger();
    private final Map<String, Use> uses = new LinkedHashMap<>();

    /// How many streams, and the day on which that was last said in the log.
    private record Use(int streams, LocalDate told) {}

    SseUsage(InstantSource clock) {
        this.clock = clock;
    }

    void opened(Principal principal, Route route) {
        open.incrementAndGet();
        if (count(principal.toString())) {
            LOG.atInfo()
                    .addKeyValue("agent", principal)
                    .addKeyValue("route", route.id())
                    .addKeyValue("until", route.sse())
                    .log("an agent still uses HTTP+SSE");
        }
    }

    void closed() {
        open.decrementAndGet();
    }

    /// Streams open now.
    int open() {
        return open.get();
    }

    /// Streams by agent.
    synchronized String json() {
        return uses.entrySet().stream()
                .map(use -> Json.quote(use.getKey()) + ":" + use.getValue().streams())
                .collect(Collectors.joining(",", "{", "}"));
    }

    /// True once a day and agent.
    private synchronized boolean count(String agent) {
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        var key = uses.size() < MOST || uses.containsKey(agent) ? agent : OTHERS;
        var before = uses.getOrDefault(key, new Use(0, LocalDate.ofInstant(Instant.EPOCH, ZoneOffset.UTC)));
        uses.put(key, new Use(before.streams() + 1, today));
        return !before.told().equals(today);
    }
}
