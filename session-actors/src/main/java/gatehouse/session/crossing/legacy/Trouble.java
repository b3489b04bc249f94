package gatehouse.session.crossing.legacy;

import gatehouse.session.mcp.Codes;
import gatehouse.session.mcp.Refusal;
import gatehouse.session.upstream.Fault;
import java.util.List;

/// Why a call came to nothing between the eras, in our words.
final class Trouble {

    private static final String REFUSED = "refused";
    private static final String UNKNOWN = "unknown";

    private Trouble() {}

    static Refusal lacksCapability(List<String> names) {
        var what = names.isEmpty() ? "" : ": " + String.join(", ", names);
        return Refusal.failed(
                "the upstream needs a capability that this client did not declare at initialize" + what, REFUSED);
    }

    static Refusal misunderstood() {
        return Refusal.failed("the gateway and the upstream do not agree on how the request is to be sent", REFUSED);
    }

    static Refusal unknownMethod(String method) {
        return new Refusal(200, Codes.METHOD_NOT_FOUND, "there is no method " + method + " in this protocol revision");
    }

    static Refusal tooManySubscriptions(int most) {
        return Refusal.failed("this session has " + most + " subscriptions and may have no more; end some", REFUSED);
    }

    /// Of another agent's task nothing is told, not even that there is one.
    static Refusal noSuchTask() {
        return new Refusal(200, Codes.INVALID_PARAMS, "there is no such task, or it has expired");
    }

    static Refusal taskIsOver() {
        return new Refusal(200, Codes.INVALID_PARAMS, "the task has ended already");
    }

    static Refusal taskCancelled() {
        return Refusal.failed("the task was cancelled", REFUSED);
    }

    static Refusal tooLarge() {
        return Refusal.failed("the call is done, but its result is too large to be kept as a task's", UNKNOWN);
    }

    /// An answer of a kind that only clients that asked for it may get.
    static Refusal unexpected() {
        return Refusal.failed("the upstream's answer is of a kind this client does not know", UNKNOWN);
    }

    static Refusal cannotBeAsked(String what) {
        return Refusal.failed(
                "the upstream wants to ask the client, which did not declare that it can be: " + what, REFUSED);
    }

    static Refusal badQuestion() {
        return Refusal.failed("the upstream wants to ask the client something that is not valid MCP", REFUSED);
    }

    static Refusal tooManyRounds(int rounds) {
        return Refusal.failed("the upstream still asked after " + rounds + " rounds and was given up", UNKNOWN);
    }

    static Refusal tooManyQuestions() {
        return Refusal.failed("too many questions wait for their answers on this node; try again later", REFUSED);
    }

    static Refusal unanswered() {
        return Refusal.failed("the client did not answer the upstream's question in time", REFUSED);
    }

    static Refusal declined(String method) {
        return Refusal.failed("the client answered the upstream's question with an error: " + method, REFUSED);
    }

    static Refusal changedEra() {
        return Refusal.failed("the upstream changed its protocol revision in the middle of the call", UNKNOWN);
    }

    static Refusal silent() {
        return Refusal.failed("the upstream accepted the request without an answer", UNKNOWN);
    }

    static Refusal refused(int status) {
        return Refusal.failed(
                "the upstream refused the request with HTTP " + status, status >= 500 ? UNKNOWN : REFUSED);
    }

    static Refusal of(Fault fault) {
        return switch (fault.kind()) {
            case NOT_SENT -> Refusal.failed("the upstream cannot be reached any more", UNKNOWN);
            case UNKNOWN -> Refusal.failed("the upstream hung up before it answered", UNKNOWN);
            case TOO_SLOW -> Refusal.failed("the upstream did not answer in time", UNKNOWN);
            case NO_ROOM -> Refusal.failed(fault.reason(), "done");
            case NO_STREAM -> Refusal.failed(fault.reason(), UNKNOWN);
            case GARBLED ->
                Refusal.failed(
                        "the upstream's answer is %s and was held back"
                                .formatted(fault.isTooLarge() ? "too large" : "not valid MCP"),
                        UNKNOWN);
        };
    }
}
