package gatehouse.session.upstream;

import java.util.concurrent.CompletionStage;

/// The port that makes new connections to one upstream.
interface Opener {

    /// What came of the attempt.
    sealed interface Opened {}

    record Open(Connection connection) implements Opened {}

    record Shut(Fault fault) implements Opened {}

    CompletionStage<Opened> open(Connections pool);
}
