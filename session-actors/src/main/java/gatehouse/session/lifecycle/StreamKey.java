package gatehouse.session.lifecycle;

import gatehouse.config.cluster.Stored;
import gatehouse.config.cluster.Wire;

/// Names one stream of a session. The name is part of every event id, and unguessable.
public record StreamKey(SessionKey session, String name) implements Wire, Stored {}
