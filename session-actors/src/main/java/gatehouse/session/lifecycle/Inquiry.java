package gatehouse.session.lifecycle;

import java.time.Instant;

/// What becomes of a session's questions to its client, decided without clock, actor or I/O.
///
/// @param session the session afterwards, the same one if nothing changed
/// @param word what is said to whoever asked
record Inquiry(Session session, Word word) {

    static Inquiry into(Session session, SessionActor.OfQuestion asked, SessionBounds bounds, Instant now) {
        return switch (asked) {
            case SessionActor.Ask(var id, var question, var _) -> ask(session, id, question, bounds, now);
            case SessionActor.Answer(var id, var _) -> answer(session, id, now);
            case SessionActor.Withdraw(var id, var leg, var _) -> withdraw(session, id, leg);
        };
    }

    static Inquiry ask(Session session, String id, Question question, SessionBounds bounds, Instant now) {
        var open = session.forgettingBefore(now).asking(id, question);
        return open.questions().size() <= bounds.questions() && open.weight() <= bounds.whole()
                ? new Inquiry(open, new Word.Asked(id))
                : new Inquiry(session, new Word.Overasked());
    }

    static Inquiry answer(Session session, String id, Instant now) {
        return session.question(id, now)
                .map(question -> answered(session.answered(id), question))
                .orElseGet(() -> new Inquiry(session, new Word.Noted()));
    }

    private static Inquiry answered(Session session, Question question) {
        return new Inquiry(session, new Word.Answering(session, question));
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
