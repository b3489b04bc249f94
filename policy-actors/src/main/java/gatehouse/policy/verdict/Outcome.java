package gatehouse.policy.verdict;

/// How a call ended.
public enum Outcome {
    /// The upstream's answer, good or bad, went back.
    ANSWERED,
    /// The caller took it back.
    CANCELLED,
    /// It never reached the upstream.
    NOT_SENT,
    /// It may have reached the upstream; nobody will know.
    UNKNOWN,
    /// A policy or the protocol said no.
    DENIED
}
