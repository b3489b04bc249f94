package gatehouse.node;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// What the settings allow a node to hold in bytes, against the heap it was given. Each bound is sound by itself; their
/// sum is what a bad day needs.
///
/// @param bounds in bytes, by the setting that says them
record Footprint(SequencedMap<String, Long> bounds) {

    /// A message is there up to three times, as what arrived, what was read and what is handed on.
    private static final int COPIES = 3;

    static Footprint of(NodeSettings settings) {
        var bounds = new LinkedHashMap<String, Long>();
        bounds.put(
                "gateway.policy.crowd.bytes-of-node",
                (long) COPIES * settings.crowd().bytesOfNode());
        bounds.put("gateway.crossing.modern.parking.of-node-bytes", (long)
                settings.modern().parking().ofNodeBytes());
        bounds.put(
                "gateway.federation.caching.bytes",
                2 * settings.federation().caching().bytes());
        bounds.put(
                "gateway.crossing.legacy.learning.bytes",
                settings.legacy().learning().bytes());
        bounds.put("gateway.node.memory-bytes", settings.own().memoryBytes());
        bounds.put(
                "gateway.storage.outbox.queue.bytes",
                settings.storage().outbox().queue().bytes());
        return new Footprint(bounds);
    }

    /// What to tell the operator; empty where a bad day fits into three quarters of the heap.
    String warning(long heap) {
        var all = bounds.values().stream().mapToLong(Long::longValue).sum();
        return all <= heap / 4 * 3
                ? ""
                : "the settings allow %d MiB of messages, the heap has %d MiB: give the node more (-Xmx), or lower %s"
                        .formatted(all >> 20, heap >> 20, String.join(", ", bounds.keySet()));
    }
}
