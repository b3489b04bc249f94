package gatehouse.persistence.state;

import org.apache.pekko.Done;
import org.apache.pekko.dispatch.ExecutionContexts;
import org.apache.pekko.persistence.state.scaladsl.DurableStateUpdateStore;
import org.apache.pekko.persistence.state.scaladsl.GetObjectResult;
import scala.concurrent.ExecutionContext;
import scala.concurrent.Future;

/// The library's store, put right where it would lose something.
///
/// - It deletes by the revision that is stored, but Pekko asks with the one that would be next: nothing was deleted.
/// - A row it cannot read it reports as no state: a session would begin anew, with another's revision.
final class CorrectedStates implements DurableStateUpdateStore<Object> {

    static final ExecutionContext AT_ONCE = ExecutionContexts.fromExecutor(Runnable::run);

    private final DurableStateUpdateStore<Object> library;

    CorrectedStates(DurableStateUpdateStore<Object> library) {
        this.library = library;
    }

    @Override
    public Future<GetObjectResult<Object>> getObject(String persistenceId) {
        return library.getObject(persistenceId).map(found -> readable(persistenceId, found), AT_ONCE);
    }

    @Override
    public Future<Done> upsertObject(String persistenceId, long revision, Object value, String tag) {
        return library.upsertObject(persistenceId, revision, value, tag);
    }

    @Override
    @Deprecated
    public Future<Done> deleteObject(String persistenceId) {
        return library.deleteObject(persistenceId);
    }

    @Override
    public Future<Done> deleteObject(String persistenceId, long revision) {
        return library.deleteObject(persistenceId, revision - 1);
    }

    /// The id of a session is not for logs and error texts, only its kind.
    private static GetObjectResult<Object> readable(String persistenceId, GetObjectResult<Object> found) {
        if (found.value().isEmpty() && found.revision() > 0) {
            var kind = persistenceId.substring(0, persistenceId.indexOf('|') + 1);
            throw new IllegalStateException("the state of " + kind
                    + "… cannot be read by this build: it was written by a newer one, or damaged");
        }
        return found;
    }
}
