package gatehouse.session.upstream;

/// Why an exchange with an upstream came to nothing.
///
/// @param reason in our words: nothing of what the upstream said
public record Fault(Kind kind, String reason) {

    /// What may be concluded about the request.
    public enum Kind {
        /// Not a byte of it left: it may be sent again.
        NOT_SENT,
        /// It may have been carried out.
        UNKNOWN,
        /// It may have been carried out, and took longer than allowed.
        TOO_SLOW,
        /// It was answered by something that is no MCP.
        GARBLED
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

    public static Fault garbled(String reason) {
        return new Fault(Kind.GARBLED, reason);
    }
}
