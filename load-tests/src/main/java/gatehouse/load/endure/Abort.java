package gatehouse.load.endure;

/// The ways in which a session can come to its end.
enum Abort {
    /// The request is cut in the middle of its body.
    WITHIN_INITIALIZE,
    /// `initialize` is sent, and nobody waits for the answer.
    BEFORE_WELCOME,
    /// The session is opened and never heard of again.
    SILENTLY,
    /// A call is sent, and the line reset at once.
    DURING_CALL,
    /// The first event of a slow call is read, then the line is cut.
    DURING_ANSWER,
    /// The GET stream is cut while a call runs on another line.
    DURING_STREAM,
    /// The session is ended while its slow call runs.
    END_DURING_CALL,
    /// A call, and an orderly end.
    ORDERLY
}
