package gatehouse.session.federation;

import java.time.Duration;

/// An answer that says how long it lasts, and for whom.
interface Lasting {

    Duration life();

    /// Whether it may be given to every principal.
    boolean shared();

    /// Its bytes, about.
    long weight();
}
