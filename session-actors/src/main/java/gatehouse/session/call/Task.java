package gatehouse.session.call;

import gatehouse.session.lifecycle.Session;
import gatehouse.session.lifecycle.SessionKey;
import gatehouse.session.mcp.Id;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Refusal;
import java.util.concurrent.CompletableFuture;

/// An admitted request: what came in, whose session it is part of, and who waits for the answer.
///
/// @param session [Session#ABSENT] for a call of the modern era
/// @param leave makes the call leave its session, from any thread: before its client has the end of the answer, and may
///     use the id again
record Task(
        Inbound inbound,
        Session session,
        SessionKey key,
        CallId callId,
        CompletableFuture<Answer> answer,
        Runnable leave) {

    static final SessionKey NO_SESSION = new SessionKey("");

    boolean modern() {
        return !session.exists();
    }

    Id id() {
        return inbound.message().id().orElseThrow();
    }

    Message error(Refusal refusal) {
        return refusal.message(id());
    }

    /// Whether it is answered by a stream without end.
    boolean listens() {
        return inbound.message().method().equals("subscriptions/listen");
    }
}
