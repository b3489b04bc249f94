package gatehouse.session.lifecycle;

import gatehouse.config.cluster.Wire;

/// What a session says back to whoever asked it something.
public sealed interface Word extends Wire {

    /// The session as it is now.
    record Known(Session session) implements Word {}

    /// The call is on the roll of the session, as it is now. Whoever asks again hears so again.
    record Entered(Session session) implements Word {}

    /// The session is on another leg than the one that was lost.
    record Moved(Session session) implements Word {}

    /// No such session for this principal: never was, has ended, or is somebody else's.
    record Unknown() implements Word {}

    /// The client already has a request under way with this id.
    record Repeated() implements Word {}

    /// Another connection already reads the session's own stream.
    record Occupied() implements Word {}

    /// The client took its request back; `reason` is JSON, empty if it gave none.
    record Cancelled(String reason) implements Word {}

    /// Read the session's own stream after this number.
    ///
    /// @param node where the stream is written
    record Listening(Session session, StreamKey stream, long after, String node) implements Word {}

    /// The question is remembered; the client may see it under this id.
    record Asked(String id) implements Word {}

    /// The question is forgotten; the client knows it under this id.
    record Withdrawn(String id) implements Word {}

    /// Too many questions wait for the client already.
    record Overasked() implements Word {}

    /// Where an answer belongs. Whoever gets this is the only one who does for now, and says whether it was taken.
    record Answering(Session session, Question question) implements Word {}

    /// Done; there is nothing more to say.
    record Noted() implements Word {}

    /// Something this needs is out of reach.
    record Unavailable(String what) implements Word {}
}
