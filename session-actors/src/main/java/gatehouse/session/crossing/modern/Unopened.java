package gatehouse.session.crossing.modern;

import gatehouse.session.lifecycle.Errand;
import gatehouse.session.upstream.Fault;
import gatehouse.session.upstream.Reply;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

/// Why no leg could be opened, in our words: nothing of what the upstream said.
final class Unopened extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    Unopened(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    /// Why a request never left.
    static Fault fault(Throwable failure) {
        return Fault.notSent("no session could be had: " + reason(failure));
    }

    private static String reason(Throwable failure) {
        return switch (failure) {
            case CompletionException wrapped when wrapped.getCause() != null -> reason(wrapped.getCause());
            case Unopened unopened -> unopened.reason;
            case TimeoutException _ -> "it did not answer in time";
            case Errand.Failed failed -> reason(failed.reply());
            case Throwable _ -> "its answer broke off";
        };
    }

    private static String reason(Reply reply) {
        return switch (reply) {
            case Reply.Refused refused -> "it answered with HTTP " + refused.status();
            case Reply.Failed(var fault) -> reason(fault);
            case Reply.Accepted _ -> "it gave no answer";
            case Reply.Single _, Reply.Streamed _ -> "its answer is not valid MCP";
        };
    }

    private static String reason(Fault fault) {
        return switch (fault.kind()) {
            case NOT_SENT -> "it cannot be reached";
            case UNKNOWN -> "it hung up";
            case TOO_SLOW -> "it did not answer in time";
            case NO_ROOM, NO_STREAM -> "its answer found no room";
            case GARBLED -> "its answer is not valid MCP";
        };
    }
}
