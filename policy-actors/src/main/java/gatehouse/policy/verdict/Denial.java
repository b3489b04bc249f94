package gatehouse.policy.verdict;

/// Why not, in our words.
public sealed interface Denial {

    /// No credential, or none that holds. One answer for every cause, so that nothing can be learnt from it.
    record Unauthenticated() implements Denial {}

    /// The credentials contradict each other or cannot be read.
    record Unclear(String problem) implements Denial {}

    /// The principal may not use this route; also said of routes that do not exist.
    record Forbidden() implements Denial {}

    /// Too much at once, counted per `scope`.
    record Crowded(Scope scope, int most) implements Denial {}

    /// Something the decision needs is out of reach.
    record Unavailable(String what) implements Denial {}

    /// What is counted.
    enum Scope {
        CALLS_OF_AGENT,
        CALLS_OF_NODE,
        BYTES_OF_AGENT,
        BYTES_OF_NODE,
        SESSIONS_OF_AGENT,
        STREAMS_OF_SESSION,
        STREAMS_OF_AGENT,
        STREAMS_OF_TENANT,
        STREAMS_OF_NODE,
        PARKED_OF_AGENT,
        PARKED_OF_NODE,
        PARKED_BYTES_OF_AGENT,
        PARKED_BYTES_OF_NODE,
        STORED_BYTES_OF_AGENT
    }
}
