package gatehouse.session.call;

import gatehouse.policy.verdict.Outcome;
import gatehouse.session.mcp.Refusal;
import gatehouse.session.upstream.Event;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;

/// How what arrives reaches the client: the part of a call that differs between the eras.
sealed interface Delivery permits Journalled, Relay {

    /// Something came back. It is called once, or not at all.
    void deliver(Arrival arrival, Outcome outcome);

    /// The time for a plain answer is over.
    ///
    /// @param waiting whether the upstream has said nothing yet
    void promptOver(boolean waiting);

    /// Ends the answer, in place of what the upstream will not say any more.
    void giveUp(Refusal refusal);

    /// The client took the request back, or is gone.
    void abandon();

    /// Whether the stream to the client could be opened.
    default void opened(boolean usable) {}

    /// The upstream's stream ended.
    default void drained(CallActor.Drained drained) {}

    /// Asks the upstream for the rest of its stream.
    default void resume() {}

    /// The rest of the upstream's stream.
    default void resumed(Source<Event, NotUsed> events) {}
}
