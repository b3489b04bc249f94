package gatehouse.persistence.state;

import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.persistence.jdbc.state.JdbcDurableStateStoreProvider;
import org.apache.pekko.persistence.state.DurableStateStoreProvider;
import org.apache.pekko.persistence.state.javadsl.DurableStateStore;
import org.apache.pekko.persistence.state.scaladsl.DurableStateUpdateStore;

/// The plugin `gatehouse.states`. Named in the configuration and made by Pekko.
public final class StateStores implements DurableStateStoreProvider {

    private final CorrectedStates states;

    @SuppressWarnings("unchecked") // the library's store updates, its signature says only that it reads
    public StateStores(ExtendedActorSystem system) {
        var library = new JdbcDurableStateStoreProvider<>(system).scaladslDurableStateStore();
        this.states = new CorrectedStates((DurableStateUpdateStore<Object>) library);
    }

    @Override
    public org.apache.pekko.persistence.state.scaladsl.DurableStateStore<Object> scaladslDurableStateStore() {
        return states;
    }

    @Override
    public DurableStateStore<Object> javadslDurableStateStore() {
        return new JavaStates(states);
    }
}
