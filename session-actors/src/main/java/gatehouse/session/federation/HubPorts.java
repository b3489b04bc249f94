package gatehouse.session.federation;

import java.util.concurrent.atomic.AtomicInteger;

/// What listening needs of the rest.
record HubPorts(JointLists lists, Reads reads, Asking asking, FederationSettings settings, Held held) {

    /// What is held now, for anybody to read.
    record Held(AtomicInteger listeners, AtomicInteger taps) {
        Held() {
            this(new AtomicInteger(), new AtomicInteger());
        }
    }
}
