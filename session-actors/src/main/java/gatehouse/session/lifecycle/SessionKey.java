package gatehouse.session.lifecycle;

import gatehouse.config.cluster.Stored;
import gatehouse.config.cluster.Wire;

/// Names a session inside the gateway: hashes of its principal and of the id its client holds, so that no store and no
/// log can give the id away.
public record SessionKey(String value) implements Wire, Stored {

    /// The part that all sessions of one principal share.
    public String owner() {
        return value.substring(0, Math.max(0, value.indexOf('.')));
    }

    @Override
    public String toString() {
        return value;
    }
}
