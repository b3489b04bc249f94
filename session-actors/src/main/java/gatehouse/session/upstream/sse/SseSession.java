package gatehouse.session.upstream.sse;

import gatehouse.session.mcp.Codes;
import gatehouse.session.mcp.Message;
import gatehouse.session.upstream.Broken;
import gatehouse.session.upstream.Event;
import gatehouse.session.upstream.Fault;
import gatehouse.session.upstream.Line;
import gatehouse.session.upstream.Outbound;
import gatehouse.session.upstream.Reply;
import gatehouse.session.upstream.UpstreamSettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.SharedKillSwitch;
import org.apache.pekko.stream.javadsl.Sink;

/// One HTTP+SSE session: the stream that carries everything back, and the calls and the reader that it is shared out
/// to.
///
/// It lives exactly as long as its stream. There is no way to resume one, so when it ends nobody knows how the calls
/// under way ended.
final class SseSession {

    private static final Duration PONG = Duration.ofSeconds(5);
    private static final int SAYING = 2; // answers of our own under way: they take connections that calls want
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private final Line line;
    private final UpstreamSettings.Sse settings;
    private final Duration claim;
    private final Runnable gone;
    private final SharedKillSwitch cut = KillSwitches.shared("sse");
    private final CompletableFuture<Reply> opened = new CompletableFuture<>();
    private final InFlight calls;
    private final Inbox aside;
    private volatile String target = "";
    private final AtomicInteger saying = new AtomicInteger();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile long used = System.nanoTime();

    /// @param gone is done once, when the session is no more
    SseSession(Line line, Runnable gone) {
        this.line = line;
        this.settings = line.settings().sse();
        this.claim = line.settings().bounds().claim();
        this.gone = gone;
        this.calls = new InFlight(settings.calls(), settings.lingering(), System::nanoTime);
        this.aside = new Inbox(settings.backlog());
    }

    /// Completes with [Reply.Accepted] once the upstream has said where it takes messages, or with why it has not.
    ///
    /// @param owner on whose behalf
    CompletableFuture<Reply> open(String owner) {
        var stream = line.open(owner, settings.endpoint());
        var _ = stream.thenAccept(this::begin);
        var late = after(settings.endpoint(), () -> lost(Fault.garbled("upstream named no endpoint in time")));
        var _ = opened.whenComplete((reply, failure) -> {
            late.cancel();
            stream.cancel(true);
        });
        return opened;
    }

    private void begin(Reply reply) {
        if (!(reply instanceof Reply.Streamed(var events, var session))) {
            end(reply);
            return;
        }
        events.via(cut.flow())
                .runWith(Sink.foreach(this::hear), line.system())
                .whenComplete((done, failure) -> lost(why(failure)));
    }

    private void hear(Event event) {
        if (target.isEmpty()) {
            began(event);
        } else if (!event.message().isEmpty()) {
            deliver(event, event.message().getFirst());
        }
    }

    private void began(Event event) {
        if (!event.message().isEmpty()) {
            throw new Broken(Fault.garbled("event stream does not begin with an endpoint"));
        }
        if (!event.endpoint().isEmpty()) {
            target = line.target(event.endpoint())
                    .orElseThrow(() -> new Broken(Fault.garbled("endpoint is of another origin, or no address")));
            opened.complete(new Reply.Accepted());
            rest();
        }
    }

    /// A ping asks about this hop, whatever is under way.
    private void deliver(Event event, Message message) {
        if (message.method().equals("ping")) {
            message.id().ifPresent(id -> say(Message.result(id, "{}")));
            return;
        }
        switch (calls.whose(message)) {
            case InFlight.Whose.Of(var call) when isAnswer(message) -> call.answer(event);
            case InFlight.Whose.Of(var call) -> call.beside(event);
            case InFlight.Whose.Nobodys _ when isAnswer(message) -> {}
            case InFlight.Whose.Nobodys _ -> aside(event, message);
            case InFlight.Whose.Unclear _ -> unclear(message);
        }
    }

    private static boolean isAnswer(Message message) {
        return message.kind() == Message.Kind.RESULT || message.kind() == Message.Kind.ERROR;
    }

    /// The session may be shared by several clients, and none of them is shown what may be for another.
    private void unclear(Message message) {
        if (message.kind() == Message.Kind.REQUEST) {
            say(Message.error(
                    message.id().orElseThrow(),
                    Codes.INTERNAL_ERROR,
                    "several requests are under way: it cannot be told whose question this is"));
        }
    }

    /// An upstream that asks faster than it takes answers gets fewer of them.
    private void say(Message answer) {
        if (saying.incrementAndGet() > SAYING) {
            saying.decrementAndGet();
            return;
        }
        var _ = line.post(target, new Outbound.Post(answer, List.of(), PONG))
                .whenComplete((reply, failure) -> saying.decrementAndGet());
    }

    /// Outside of any call; progress that no call waits for comes too late.
    private void aside(Event event, Message message) {
        if (!message.method().equals("notifications/progress")) {
            aside.push(event);
        }
    }

    CompletableFuture<Reply> send(Outbound.Post post) {
        used = System.nanoTime();
        return switch (post.message().kind()) {
            case REQUEST -> call(post);
            case NOTIFICATION, RESULT, ERROR -> {
                var sent = line.post(target, post);
                var _ = sent.thenAccept(this::checked);
                yield sent;
            }
        };
    }

    private CompletableFuture<Reply> call(Outbound.Post post) {
        var call = new SseCall(post.message(), settings.unread());
        switch (calls.add(call)) {
            case TAKEN -> carry(call, post);
            case FULL -> call.fail(Fault.notSent("too many calls wait in one session"));
            case CLOSED -> call.refuse(NOT_FOUND, List.of());
        }
        return call.reply();
    }

    /// The answer may come over the stream before the upstream is done with the request that asked for it.
    private void carry(SseCall call, Outbound.Post post) {
        var sent = line.post(target, post);
        var _ = sent.thenAccept(reply -> {
            switch (reply) {
                case Reply.Accepted _, Reply.Single _, Reply.Streamed _ -> {}
                case Reply.Refused(var status, var body, var session) -> {
                    call.settle();
                    calls.remove(call);
                    checked(reply);
                    call.refuse(status, body);
                }
                case Reply.Failed(var fault) -> call.fail(fault);
            }
        });
        var late = after(post.deadline(), call::late);
        var _ = call.reply().whenComplete((reply, failure) -> {
            late.cancel();
            if (reply == null) {
                sent.cancel(true);
            } else if (reply instanceof Reply.Streamed) {
                after(claim, call::expire);
            }
        });
        call.over().thenAccept(done -> calls.remove(call));
    }

    /// An upstream that knows the session no more will not answer over its stream either.
    private void checked(Reply reply) {
        if (reply instanceof Reply.Refused refused && refused.status() == NOT_FOUND) {
            close();
        }
    }

    /// What the upstream says outside of any call. Whoever asks last, reads.
    Reply listen(boolean resumes) {
        used = System.nanoTime();
        return resumes
                ? new Reply.Refused(CONFLICT, List.of(), "")
                : new Reply.Streamed(aside.read(() -> used = System.nanoTime()), "");
    }

    void close() {
        lost(Fault.unknown("session was closed"));
    }

    private void lost(Fault fault) {
        end(new Reply.Failed(fault));
    }

    private void end(Reply why) {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        cut.shutdown();
        var fault = why instanceof Reply.Failed(var known) ? known : Fault.unknown("session was refused");
        calls.close().forEach(call -> call.fail(fault));
        aside.end();
        gone.run();
        opened.complete(why); // last: who is told may look at once whether it is gone
    }

    /// Looks again when it could be idle for long enough.
    private void rest() {
        if (closed.get()) {
            return;
        }
        var left = settings.idle().minusNanos(System.nanoTime() - used);
        var busy = !calls.isEmpty() || aside.isAttended();
        if (left.isPositive() || busy) {
            after(left.isPositive() ? left : settings.idle(), this::rest);
        } else {
            close();
        }
    }

    private static Fault why(Throwable failure) {
        var cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof Broken broken ? broken.fault() : Fault.unknown("event stream ended");
    }

    private Cancellable after(Duration delay, Runnable step) {
        return line.system().scheduler().scheduleOnce(delay, step, line.system().executionContext());
    }
}
