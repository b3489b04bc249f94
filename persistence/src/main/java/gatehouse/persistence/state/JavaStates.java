package gatehouse.persistence.state;

import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.persistence.state.javadsl.DurableStateUpdateStore;
import org.apache.pekko.persistence.state.javadsl.GetObjectResult;
import scala.jdk.javaapi.FutureConverters;
import scala.jdk.javaapi.OptionConverters;

/// The same store as Java code sees it: whoever reads a session's row while its shard moves.
final class JavaStates implements DurableStateUpdateStore<Object> {

    private final CorrectedStates states;

    JavaStates(CorrectedStates states) {
        this.states = states;
    }

    @Override
    public CompletionStage<GetObjectResult<Object>> getObject(String persistenceId) {
        return FutureConverters.asJava(states.getObject(persistenceId)
                .map(
                        found -> new GetObjectResult<>(OptionConverters.toJava(found.value()), found.revision()),
                        CorrectedStates.AT_ONCE));
    }

    @Override
    public CompletionStage<Done> upsertObject(String persistenceId, long revision, Object value, String tag) {
        return FutureConverters.asJava(states.upsertObject(persistenceId, revision, value, tag));
    }

    @Override
    @Deprecated
    public CompletionStage<Done> deleteObject(String persistenceId) {
        return FutureConverters.asJava(states.deleteObject(persistenceId));
    }

    @Override
    public CompletionStage<Done> deleteObject(String persistenceId, long revision) {
        return FutureConverters.asJava(states.deleteObject(persistenceId, revision));
    }
}
