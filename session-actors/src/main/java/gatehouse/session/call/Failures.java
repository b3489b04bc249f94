package gatehouse.session.call;

import gatehouse.policy.verdict.Outcome;
import gatehouse.session.mcp.Refusal;
import gatehouse.session.upstream.Broken;
import gatehouse.session.upstream.Fault;
import gatehouse.session.upstream.Reply;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;

/// What a client is told when its upstream failed it: in our words, never the upstream's.
final class Failures {

    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int BAD_GATEWAY = 502;
    private static final Set<Integer> PASSED =
            Set.of(400, 404, 405, 406, 409, 410, 413, 415, 422, 429, 500, 501, 502, 503, 504, 508);

    /// Where a stream broke because we stopped reading it.
    private static final Set<Fault.Kind> TOLD =
            EnumSet.of(Fault.Kind.GARBLED, Fault.Kind.NO_ROOM, Fault.Kind.NO_STREAM);

    private Failures() {}

    static Refusal of(Fault fault) {
        return switch (fault.kind()) {
            case NOT_SENT -> Refusal.failed("the upstream cannot be reached; nothing was sent", "not sent");
            case UNKNOWN -> Refusal.failed("the upstream hung up before it answered", "unknown");
            case TOO_SLOW -> Refusal.failed("the upstream did not answer in time", "unknown");
            case NO_ROOM -> Refusal.failed(fault.reason(), "done");
            case NO_STREAM -> Refusal.failed(fault.reason(), "unknown");
            case GARBLED ->
                Refusal.failed(
                        "the upstream's answer is %s and was held back"
                                .formatted(fault.isTooLarge() ? "too large" : "not valid MCP"),
                        "unknown");
        };
    }

    static Outcome outcome(Reply reply) {
        return switch (reply) {
            case Reply.Failed(var fault) when fault.kind() == Fault.Kind.NOT_SENT -> Outcome.NOT_SENT;
            case Reply.Failed(var fault) when fault.kind() == Fault.Kind.NO_ROOM -> Outcome.ANSWERED;
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

    /// The HTTP status under which a modern client gets an upstream's error: not every number is one, and some
    /// speak of this hop alone: of the gateway's credential, or of a redirect.
    static int status(int upstreams) {
        if (PASSED.contains(upstreams)) {
            return upstreams;
        }
        return upstreams / 100 == 4 ? BAD_REQUEST : BAD_GATEWAY;
    }

    /// The same for the question which revisions are spoken: clients of both eras give up on any other status
    /// where they should fall back.
    static int statusOfDiscover(int upstreams) {
        return upstreams == BAD_REQUEST || upstreams == NOT_FOUND ? upstreams : OK;
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

    /// A stream also breaks where we stop reading it, and then the upstream did not hang up.
    static Why broken(Throwable failure) {
        return refused(failure).map(fault -> new Why(of(fault), fault.isOurs())).orElseGet(() -> Why.theirs(broken()));
    }

    /// Whether it broke because of what we would not take.
    static boolean isRefused(Throwable failure) {
        return refused(failure).isPresent();
    }

    private static Optional<Fault> refused(Throwable failure) {
        var cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
        return cause instanceof Broken broken && TOLD.contains(broken.fault().kind())
                ? Optional.of(broken.fault())
                : Optional.empty();
    }

    static Refusal timeUp() {
        return Refusal.failed("the call took longer than its deadline and was given up", "unknown");
    }
}
