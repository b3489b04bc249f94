package gatehouse.session.lifecycle;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// The port to what a session wrote last, for when it cannot be asked: its node died, or it moves.
public interface SessionRows {

    /// Nothing where there is no such session, or it has ended. Fails where that cannot be told.
    CompletionStage<Optional<Session>> find(SessionKey session);
}
