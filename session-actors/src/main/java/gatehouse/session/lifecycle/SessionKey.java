package gatehouse.session.lifecycle;

import gatehouse.config.cluster.Stored;
import gatehouse.config.cluster.Wire;

/// Names a session inside the gateway: the hash of the id its client holds, so that no store and no log can give it away.
public record SessionKey(String value) implements Wire, Stored {
    @Override
    public String toString() {
        return value;
    }
}
