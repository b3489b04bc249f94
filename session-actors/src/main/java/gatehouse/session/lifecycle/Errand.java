package gatehouse.session.lifecycle;

import gatehouse.session.mcp.Message;
import gatehouse.session.upstream.Fault;
import gatehouse.session.upstream.Outbound;
import gatehouse.session.upstream.Peer;
import gatehouse.session.upstream.Reply;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.SharedKillSwitch;
import org.apache.pekko.stream.javadsl.Sink;

/// A request the gateway makes for itself: one answer is wanted, however the upstream chooses to send it.
public final class Errand {

    /// The answer, and the session id that came with it, empty if none did.
    public record Fetched(Message answer, String session) {}

    /// It did not work out; the reply says why.
    public static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Reply reply;

        public Failed(Reply reply) {
            super("the upstream gave no usable answer", null, false, false);
            this.reply = reply;
        }

        public Reply reply() {
            return reply;
        }
    }

    private Errand() {}

    /// Done within the deadline of its post, however the upstream answers. Cancelling it gives the exchange up.
    public static CompletableFuture<Fetched> run(Peer peer, Outbound.Post post, ActorSystem<?> system) {
        var errand = new CompletableFuture<Fetched>();
        var cut = KillSwitches.shared("errand");
        var timer = system.scheduler()
                .scheduleOnce(post.deadline(), () -> errand.completeExceptionally(late()), system.executionContext());
        var sent = peer.send(post);
        var _ = errand.whenComplete((fetched, failure) -> {
            timer.cancel();
            sent.cancel(true);
            cut.shutdown();
        });
        var _ = sent.thenCompose(reply -> fetch(reply, post, cut, system)).whenComplete((fetched, failure) -> {
            if (failure == null) {
                errand.complete(fetched);
            } else {
                errand.completeExceptionally(failure instanceof CompletionException ? failure.getCause() : failure);
            }
        });
        return errand;
    }

    private static Failed late() {
        return new Failed(new Reply.Failed(Fault.tooSlow("upstream did not finish its answer in time")));
    }

    private static CompletionStage<Fetched> fetch(
            Reply reply, Outbound.Post post, SharedKillSwitch cut, ActorSystem<?> system) {
        return switch (reply) {
            case Reply.Single(var message, var session) ->
                CompletableFuture.completedFuture(new Fetched(message, session));
            case Reply.Streamed(var events, var session) ->
                events.via(cut.flow())
                        .mapConcat(event -> event.message())
                        .filter(message -> answers(message, post.message()))
                        .runWith(Sink.headOption(), system)
                        .thenApply(answer -> answer.map(message -> new Fetched(message, session))
                                .orElseThrow(() -> new Failed(reply)));
            case Reply.Accepted accepted -> CompletableFuture.failedFuture(new Failed(reply));
            case Reply.Refused refused -> CompletableFuture.failedFuture(new Failed(reply));
            case Reply.Failed failed -> CompletableFuture.failedFuture(new Failed(reply));
        };
    }

    private static boolean answers(Message message, Message question) {
        return switch (message.kind()) {
            case RESULT, ERROR -> message.id().equals(question.id());
            case REQUEST, NOTIFICATION -> false;
        };
    }
}
