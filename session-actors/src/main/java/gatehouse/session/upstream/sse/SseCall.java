package gatehouse.session.upstream.sse;

import gatehouse.session.mcp.Id;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Place;
import gatehouse.session.upstream.Event;
import gatehouse.session.upstream.Fault;
import gatehouse.session.upstream.Reply;
import gatehouse.session.upstream.UpstreamSettings;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.util.ByteString;

/// A request that waits for its answer: one message if that is all that comes, a stream of them otherwise.
final class SseCall {

    private final Id id;
    private final String token;
    private final UpstreamSettings.Unread unread;
    private final CompletableFuture<Reply> reply = new CompletableFuture<>();
    private final CompletableFuture<Done> over = new CompletableFuture<>();
    private volatile boolean settled;
    private volatile Optional<Inbox> inbox = Optional.empty(); // filled by the session's stream alone

    SseCall(Message request, UpstreamSettings.Unread unread) {
        this.id = request.id().orElseThrow();
        this.token = request.raw(Place.META_PROGRESS_TOKEN)
                .map(ByteString::utf8String)
                .orElse("");
        this.unread = unread;
        var _ = reply.whenComplete((got, failure) -> {
            if (!(got instanceof Reply.Streamed)) {
                over.complete(Done.getInstance());
            }
        });
    }

    Id id() {
        return id;
    }

    boolean answeredBy(Message message) {
        return message.id().filter(id::equals).isPresent();
    }

    boolean progressesBy(Message message) {
        return !token.isEmpty()
                && message.raw(Place.PARAMS_PROGRESS_TOKEN)
                        .map(ByteString::utf8String)
                        .filter(token::equals)
                        .isPresent();
    }

    /// Cancelling it gives the call up.
    CompletableFuture<Reply> reply() {
        return reply;
    }

    /// The upstream will not do anything about it.
    void settle() {
        settled = true;
    }

    /// Whether the upstream is done with it, as far as can be known.
    boolean isSettled() {
        return settled;
    }

    /// Completes when nothing more is to be delivered.
    CompletionStage<Done> over() {
        return over;
    }

    /// An answer ends the call; whoever delivers it has nothing to wait for.
    void answer(Event event) {
        settle();
        if (inbox.isEmpty()) {
            reply.complete(new Reply.Single(event.message().getFirst(), ""));
            return;
        }
        inbox.get().finish(event);
        over.complete(Done.getInstance());
    }

    /// What belongs to the call but does not end it. Others' answers come behind it, so it waits for no reader:
    /// where
    /// too much lies unread, a notification is dropped, and a question, which somebody would wait for, ends the
    /// call.
    void beside(Event event) {
        if (inbox.isEmpty() && !begin()) {
            return;
        }
        var question = event.message().getFirst().kind() == Message.Kind.REQUEST;
        if (!inbox.get().offer(event) && question) {
            fail(Fault.unknown("event stream was read too slowly to put a question"));
        }
    }

    private boolean begin() {
        var fresh = new Inbox(unread);
        inbox = Optional.of(fresh);
        return reply.complete(new Reply.Streamed(fresh.read(this::leave), ""));
    }

    /// Too late for an answer; a stream that has begun is bounded by whoever reads it.
    void late() {
        reply.complete(new Reply.Failed(Fault.tooSlow("upstream did not answer in time")));
    }

    /// An answer that nobody began to read is of no use to anybody.
    void expire() {
        if (inbox.filter(open -> !open.isClaimed()).isPresent()) {
            fail(Fault.unknown("event stream was read too late"));
        }
    }

    void fail(Fault fault) {
        if (fault.kind() == Fault.Kind.NOT_SENT) {
            settle();
        }
        reply.complete(new Reply.Failed(fault));
        inbox.ifPresent(open -> open.fail(fault));
        over.complete(Done.getInstance());
    }

    void refuse(int status, List<Message> body) {
        reply.complete(new Reply.Refused(status, body, ""));
    }

    private void leave() {
        inbox.ifPresent(Inbox::end);
        over.complete(Done.getInstance());
    }
}
