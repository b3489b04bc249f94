package gatehouse.session.lifecycle;

import java.time.Instant;

/// What becomes of a session's questions to its client, decided without clock, actor or I/O.
///
/// @param session the session afterwards, the same one if nothing changed
/// @param word what is said to whoever asked
record Inquiry(Session session, Word word) {

    static Inquiry ask(Session session, String id, Question question, int most, Instant now) {
        var open = session.forgettingBefore(now);
        return open.questions().size() < most
                ? new Inquiry(open.asking(id, question), new Word.Asked(id))
                : new Inquiry(session, new Word.Overasked());
    }

    static Inquiry answer(Session session, String id, Instant now) {
        var question = session.questions().get(id);
        if (question == null || now.isAfter(question.deadline())) {
            return new Inquiry(session, new Word.Noted());
        }
        var answered = session.answered(id);
        return new Inquiry(answered, new Word.Answering(answered, question));
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
