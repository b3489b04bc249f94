package gatehouse.session.call;

import gatehouse.policy.Gatekeeper;
import gatehouse.session.crossing.Crossing;
import gatehouse.session.lifecycle.SessionDoor;
import gatehouse.session.lifecycle.SessionIds;
import gatehouse.session.lifecycle.SessionPorts;
import gatehouse.session.mcp.Seal;

/// What every call on this node shares.
public record CallPorts(
        Gatekeeper gatekeeper,
        Crossing crossing,
        SessionDoor door,
        SessionIds ids,
        SessionPorts sessions,
        Seal seal,
        CallSettings settings,
        CallTelemetry telemetry) {}
