package gatehouse.session.lifecycle;

import java.time.Instant;

/// What becomes of a session's questions to its client, decided without clock, actor or I/O.
///
/// @param session the session afterwards, the same one if nothing changed
/// @param word what is said to whoever asked
record Inquiry(Session session, Word word) {

    static Inquiry ask(Session session, String id, Question question, SessionBounds bounds, Instant now) {
        var open = session.forgettingBefore(now).asking(id, question);
        return open.questions().size() <= bounds.questions() && open.weight() <= bounds.whole()
                ? new Inquiry(open, new Word.Asked(id))
                : new Inquiry(session, new Word.Overasked());
    }

    /// It stays open until the upstream has the answer, and may be asked for again until then.
    static Inquiry answer(Session session, String id, Instant now) {
        return session.question(id, now)
                .map(question -> new Inquiry(session, new Word.Answering(session, question)))
                .orElseGet(() -> new Inquiry(session, new Word.Noted()));
    }

    /// The upstream has the answer.
    static Inquiry close(Session session, String id) {
        return new Inquiry(session.answered(id), new Word.Noted());
    }

    /// The upstream wants no answer any more: it knows its question by another id than the client does.
    static Inquiry withdraw(Session session, String upstreamId, String leg) {
        for (var question : session.questions().entrySet()) {
            var asked = question.getValue();
            if (asked.upstreamId().equals(upstreamId) && asked.leg().equals(leg)) {
                return new Inquiry(session.answered(question.getKey()), new Word.Withdrawn(question.getKey()));
            }
        }
        return new Inquiry(session, new Word.Noted());
    }
}
