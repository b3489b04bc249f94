package gatehouse.session.federation;

import gatehouse.session.mcp.Codes;
import gatehouse.session.mcp.Id;
import gatehouse.session.mcp.Json;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Refusal;
import gatehouse.session.upstream.Fault;
import gatehouse.session.upstream.Reply;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/// What a joined route answers by itself.
final class Answering {

    private Answering() {}

    static CompletableFuture<Reply> message(Message message) {
        return CompletableFuture.completedFuture(new Reply.Single(message, ""));
    }

    static CompletableFuture<Reply> wrong(Id id, String text) {
        return message(Message.error(id, Codes.INVALID_PARAMS, text));
    }

    static CompletableFuture<Reply> noResource(Id id, String uri) {
        var data = "{\"uri\":" + Json.quote(uri) + "}";
        return message(Message.error(id, Codes.INVALID_PARAMS, "there is no such resource", data));
    }

    static CompletableFuture<Reply> noMethod(Id id, String method) {
        var refusal = Refusal.notFound(method);
        return CompletableFuture.completedFuture(new Reply.Refused(refusal.status(), List.of(refusal.message(id)), ""));
    }

    /// Nothing was sent, as whom it would go to could not be found out.
    static CompletableFuture<Reply> unreached() {
        return CompletableFuture.completedFuture(
                new Reply.Failed(Fault.notSent("the upstream it belongs to cannot be reached")));
    }

    /// An exchange that begins once something is found out. It can be given up before and after.
    static CompletableFuture<Reply> later(CompletableFuture<Supplier<CompletableFuture<Reply>>> foundOut) {
        var reply = new CompletableFuture<Reply>();
        var _ = foundOut.whenComplete((begin, failure) -> {
            if (failure != null) {
                reply.complete(new Reply.Failed(Fault.notSent("it could not be found out where this belongs")));
            } else if (!reply.isDone()) {
                join(begin.get(), reply);
            }
        });
        return reply;
    }

    private static void join(CompletableFuture<Reply> begun, CompletableFuture<Reply> reply) {
        var _ = begun.whenComplete((got, failure) -> {
            if (failure == null) {
                reply.complete(got);
            } else {
                reply.completeExceptionally(failure);
            }
        });
        var _ = reply.whenComplete((got, failure) -> begun.cancel(true));
    }

    /// What becomes of a reply; giving up what comes of it gives up the exchange.
    static CompletableFuture<Reply> then(
            CompletableFuture<Reply> sent, Function<Reply, CompletableFuture<Reply>> step) {
        var made = sent.thenCompose(step);
        var _ = made.whenComplete((got, failure) -> sent.cancel(true));
        return made;
    }
}
