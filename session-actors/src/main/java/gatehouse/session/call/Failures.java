package gatehouse.session.call;

import gatehouse.policy.verdict.Outcome;
import gatehouse.session.mcp.Refusal;
import gatehouse.session.upstream.Fault;
import gatehouse.session.upstream.Reply;

/// What a client is told when its upstream failed it: in our words, never the upstream's.
final class Failures {

    private Failures() {}

    static Refusal of(Fault fault) {
        return switch (fault.kind()) {
            case NOT_SENT -> Refusal.failed("the upstream cannot be reached; nothing was sent", "not sent");
            case UNKNOWN -> Refusal.failed("the upstream hung up before it answered", "unknown");
            case TOO_SLOW -> Refusal.failed("the upstream did not answer in time", "unknown");
            case GARBLED -> Refusal.failed("the upstream's answer is not valid MCP and was held back", "unknown");
        };
    }

    static Outcome outcome(Reply reply) {
        return switch (reply) {
            case Reply.Failed(var fault) when fault.kind() == Fault.Kind.NOT_SENT -> Outcome.NOT_SENT;
            case Reply.Failed failed -> Outcome.UNKNOWN;
            case Reply.Single single -> Outcome.ANSWERED;
            case Reply.Streamed streamed -> Outcome.ANSWERED;
            case Reply.Accepted accepted -> Outcome.UNKNOWN;
            case Reply.Refused refused -> Outcome.ANSWERED;
        };
    }

    static Refusal garbled() {
        return of(Fault.garbled(""));
    }

    static Refusal refused(int status) {
        return Refusal.failed(
                "the upstream refused the request with HTTP " + status, status >= 500 ? "unknown" : "refused");
    }

    static Refusal legLost() {
        return Refusal.failed("the upstream forgot the session and could not be given a new one", "not sent");
    }

    static Refusal nodeLost() {
        return Refusal.failed(
                "the gateway was restarted in the middle of this call; how it ended is not known", "unknown");
    }

    static Refusal silent() {
        return Refusal.failed("the upstream accepted the request without an answer", "unknown");
    }

    static Refusal endedEarly() {
        return Refusal.failed("the upstream ended its stream before the answer", "unknown");
    }

    static Refusal broken() {
        return Refusal.failed("the upstream's stream broke before the answer", "unknown");
    }

    static Refusal timeUp() {
        return Refusal.failed("the call took longer than its deadline and was given up", "unknown");
    }
}
