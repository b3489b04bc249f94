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
        NO_ROOM,
        /// It was answered by a stream, and there was no room for one more of these from that upstream.
        NO_STREAM
    }

    /// Of a bound of ours: the upstream did nothing wrong.
    public boolean isOurs() {
        return kind == Kind.NO_ROOM || kind == Kind.NO_STREAM;
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

    public static Fault noStream() {
        return new Fault(
                Kind.NO_STREAM,
                "the upstream answered with an event stream, and there was no room for another one of them");
    }

    public static Fault noRoom(Denial denial) {
        return new Fault(Kind.NO_ROOM, Refusal.noRoom(denial).text());
    }

    public static Fault garbled(String reason) {
        return new Fault(Kind.GARBLED, reason);
    }
}
