package gatehouse.persistence.state;

import gatehouse.session.lifecycle.Session;
import gatehouse.session.lifecycle.SessionKey;
import gatehouse.session.lifecycle.SessionRows;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.persistence.state.DurableStateStoreRegistry;
import org.apache.pekko.persistence.state.javadsl.DurableStateStore;

/// Reads the rows of sessions as the sessions themselves do.
public final class StoredSessions implements SessionRows {

    private final DurableStateStore<Object> states;

    @SuppressWarnings("unchecked") // the registry knows stores by their class only
    public StoredSessions(ActorSystem<?> system) {
        this.states = DurableStateStoreRegistry.get(system)
                .getDurableStateStoreFor(DurableStateStore.class, "gatehouse.states");
    }

    @Override
    public CompletionStage<Optional<Session>> find(SessionKey session) {
        return states.getObject("session|" + session.value())
                .thenApply(found -> found.value().map(Session.class::cast).filter(Session::exists));
    }
}
