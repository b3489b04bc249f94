package gatehouse.persistence.outbox;

import gatehouse.session.lifecycle.Entry;
import java.time.Duration;
import java.time.Instant;

/// When what is written now may be forgotten.
record Expiry(Instant now, OutboxSettings.Keep keep) {

    Instant of(Entry.Kind kind) {
        return switch (kind) {
            case OPENED -> now.plus(keep.open());
            case MESSAGE, CLOSED, SIGNED -> now.plus(keep.closed());
        };
    }

    /// How much longer the newest entry of an open stream stays.
    Duration grace() {
        return keep.open().minus(keep.closed());
    }
}
