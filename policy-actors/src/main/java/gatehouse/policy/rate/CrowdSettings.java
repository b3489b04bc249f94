package gatehouse.policy.rate;

import gatehouse.config.settings.ConfigReader;

/// `gateway.policy.crowd`: how much may be held at once on one node.
public record CrowdSettings(
        int callsOfAgent,
        int callsOfNode,
        int bytesOfAgent,
        int bytesOfNode,
        int sessionsOfAgent,
        int streamsOfSession,
        int streamsOfAgent,
        int streamsOfTenant,
        int streamsOfNode) {

    private static final int MOST = 10_000_000;
    private static final long LEAST_BYTES = 64 * 1024;

    public static CrowdSettings read(ConfigReader at) {
        var bytesOfAgent = (int) at.bytes("bytes-of-agent", LEAST_BYTES, Integer.MAX_VALUE);
        var bytesOfNode = (int) at.bytes("bytes-of-node", LEAST_BYTES, Integer.MAX_VALUE);
        at.check("bytes-of-agent", bytesOfAgent <= bytesOfNode, "is more than bytes-of-node");
        return new CrowdSettings(
                at.integer("calls-of-agent", 1, MOST),
                at.integer("calls-of-node", 1, MOST),
                bytesOfAgent,
                bytesOfNode,
                at.integer("sessions-of-agent", 1, MOST),
                at.integer("streams-of-session", 1, MOST),
                at.integer("streams-of-agent", 1, MOST),
                at.integer("streams-of-tenant", 1, MOST),
                at.integer("streams-of-node", 1, MOST));
    }
}
