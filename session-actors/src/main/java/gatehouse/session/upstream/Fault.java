package gatehouse.session.upstream;

import gatehouse.policy.verdict.Denial;
import gatehouse.session.mcp.Refusal;

/// Why an exchange with an upstream came to nothing.
///
/// @param reason in our words: nothing of what the upstream said
public record Fault(Kind kind, String reason) {

    public static final Fault ANSWER_TOO_LARGE = garbled("answer is too large");
    public static final Fault EVENT_TOO_LARGE = garbled("event is too large");

    /// What may be concluded about the request.
    public enum Kind {
        /// Not a byte of it left: it may be sent again.
        NOT_SENT,
        /// It may have been carried out.
        UNKNOWN,
        /// It may have been carried out, and took longer than allowed.
        TOO_SLOW,
        /// It was answered by something that is no MCP.
        GARBLED,
        /// It was answered, and there was no room for the answer.
        NO_ROOM
    }

    /// Of a [Kind#GARBLED] answer: it may have been MCP, had it been read to its end.
    public boolean isTooLarge() {
        return equals(ANSWER_TOO_LARGE) || equals(EVENT_TOO_LARGE);
    }

    public static Fault notSent(String reason) {
        return new Fault(Kind.NOT_SENT, reason);
    }

    public static Fault unknown(String reason) {
        return new Fault(Kind.UNKNOWN, reason);
    }

    public static Fault tooSlow(String reason) {
        return new Fault(Kind.TOO_SLOW, reason);
    }

    static Fault noRoom(Denial denial) {
        return new Fault(Kind.NO_ROOM, Refusal.noRoom(denial).text());
    }

    public static Fault garbled(String reason) {
        return new Fault(Kind.GARBLED, reason);
    }
}
