package gatehouse.session.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;

/// The questions of one session while it is awake: whose answer is on its way to the upstream, and what was taken back
/// just now.
///
/// A question is open until the upstream has its answer. So that it gets one only, whoever brings it has a claim
/// meanwhile: a lease, as that one may die on the way.
final class Inquiries {

    /// What was taken back, for whoever asks again because it did not hear so.
    private static final int REMEMBERED = 16;

    /// Longer than bringing an answer takes.
    static final Duration LEASE = Duration.ofSeconds(30);

    private record Claim(String by, Instant until) {}

    private final Map<String, Claim> claims = new HashMap<>();
    private final Map<ActorRef<Word>, Word> withdrawn = new LinkedHashMap<>();

    Inquiry into(Session session, SessionActor.OfQuestion asked, SessionBounds bounds, Instant now) {
        return switch (asked) {
            case SessionActor.Ask(var id, var question, var replyTo) -> Inquiry.ask(session, id, question, bounds, now);
            case SessionActor.Answer(var id, var claim, var replyTo) -> answer(session, id, claim, now);
            case SessionActor.Close(var id, var claim, var taken, var replyTo) -> {
                claims.computeIfPresent(id, (question, held) -> held.by().equals(claim) ? null : held);
                yield taken ? Inquiry.close(session, id) : new Inquiry(session, new Word.Noted());
            }
            case SessionActor.Withdraw(var id, var leg, var replyTo) ->
                withdrawn.containsKey(replyTo)
                        ? new Inquiry(session, withdrawn.get(replyTo))
                        : remembered(replyTo, Inquiry.withdraw(session, id, leg));
        };
    }

    private Inquiry answer(Session session, String id, String claim, Instant now) {
        var inquiry = Inquiry.answer(session, id, now);
        return inquiry.word() instanceof Word.Answering && !claimed(session, id, claim, now)
                ? new Inquiry(session, new Word.Noted())
                : inquiry;
    }

    private boolean claimed(Session session, String id, String claim, Instant now) {
        claims.keySet().retainAll(session.questions().keySet());
        var held = claims.get(id);
        if (held != null && !held.by().equals(claim) && now.isBefore(held.until())) {
            return false;
        }
        claims.put(id, new Claim(claim, now.plus(LEASE)));
        return true;
    }

    private Inquiry remembered(ActorRef<Word> who, Inquiry inquiry) {
        if (inquiry.word() instanceof Word.Withdrawn) {
            withdrawn.put(who, inquiry.word());
            if (withdrawn.size() > REMEMBERED) {
                withdrawn.remove(withdrawn.keySet().iterator().next());
            }
        }
        return inquiry;
    }
}
