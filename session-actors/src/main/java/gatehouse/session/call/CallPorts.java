package gatehouse.session.call;

import gatehouse.policy.Gatekeeper;
import gatehouse.session.lifecycle.SessionIds;
import gatehouse.session.lifecycle.SessionPorts;
import gatehouse.session.mcp.Seal;
import gatehouse.session.upstream.Upstreams;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;

/// What every call on this node shares.
public record CallPorts(
        Gatekeeper gatekeeper,
        Upstreams upstreams,
        ClusterSharding sharding,
        SessionIds ids,
        SessionPorts sessions,
        Seal seal,
        CallSettings settings,
        CallTelemetry telemetry) {}
