package gatehouse.session.federation;

import gatehouse.config.catalogue.Upstream;
import gatehouse.session.mcp.Message;
import gatehouse.session.upstream.Broken;
import gatehouse.session.upstream.Event;
import gatehouse.session.upstream.Fault;
import gatehouse.session.upstream.Outbound;
import gatehouse.session.upstream.Peer;
import gatehouse.session.upstream.Reply;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;

/// Says of one member what it fails to do: above it nobody knows any more which of them it was.
record Heard(Peer peer, Upstream upstream, Ear ear) implements Peer {

    private static final Fault LATE = Fault.tooSlow("did not answer in time");

    @Override
    public CompletableFuture<Reply> send(Outbound outbound) {
        var began = System.nanoTime();
        var sent = peer.send(outbound);
        var reply = new CompletableFuture<Reply>();
        var _ = sent.whenComplete((got, failure) -> {
            if (failure == null) {
                reply.complete(judged(got, outbound, began));
            } else {
                reply.completeExceptionally(failure);
            }
        });
        var _ = reply.whenComplete((got, failure) -> {
            if (reply.isCancelled()) {
                sent.cancel(true);
                givenUp(outbound, began);
            }
        });
        return reply;
    }

    private Reply judged(Reply reply, Outbound outbound, long began) {
        if (!(outbound instanceof Outbound.Post post) || post.message().kind() != Message.Kind.REQUEST) {
            return reply;
        }
        return switch (reply) {
            case Reply.Failed(var fault) -> failing(fault, reply);
            case Reply.Refused(var status, var body, var session)
            when body.isEmpty() -> failing("refused with HTTP " + status, reply);
            case Reply.Accepted accepted -> failing("accepted a request without an answer", accepted);
            case Reply.Streamed(var events, var session) ->
                new Reply.Streamed(listens(post) ? events : judged(events, post, began), session);
            case Reply.Single _, Reply.Refused _ -> reply;
        };
    }

    private Reply failing(String reason, Reply reply) {
        return failing(Fault.unknown(reason), reply);
    }

    private Reply failing(Fault fault, Reply reply) {
        ear.failed(upstream.id(), fault);
        return reply;
    }

    /// A stream that somebody listens to may end whenever it likes.
    private static boolean listens(Outbound.Post post) {
        return post.message().method().equals("subscriptions/listen");
    }

    private Source<Event, NotUsed> judged(Source<Event, NotUsed> events, Outbound.Post post, long began) {
        var settled = new AtomicBoolean();
        Consumer<Fault> fail = fault -> {
            if (settled.compareAndSet(false, true)) {
                ear.failed(upstream.id(), fault);
            }
        };
        return events.map(event -> {
                    if (event.message().stream().anyMatch(message -> answers(message, post.message()))) {
                        settled.set(true);
                    }
                    return event;
                })
                .mapError(Throwable.class, failure -> {
                    fail.accept(failure instanceof Broken broken ? broken.fault() : Fault.unknown("its stream broke"));
                    return failure;
                })
                .concatLazy(Source.lazySource(() -> {
                    fail.accept(Fault.unknown("ended its stream before the answer"));
                    return Source.<Event>empty();
                }))
                .watchTermination((unused, done) -> {
                    var _ = done.thenRun(() -> {
                        if (isLate(post.deadline(), began)) {
                            fail.accept(LATE);
                        }
                    });
                    return unused;
                });
    }

    private void givenUp(Outbound outbound, long began) {
        if (outbound instanceof Outbound.Post post && isLate(post.deadline(), began)) {
            ear.failed(upstream.id(), LATE);
        }
    }

    /// Whoever gives up at about the deadline has waited for all of it; a client that leaves does so sooner.
    private static boolean isLate(Duration deadline, long began) {
        return System.nanoTime() - began >= deadline.toNanos() / 10 * 9;
    }

    private static boolean answers(Message message, Message question) {
        return switch (message.kind()) {
            case RESULT, ERROR -> message.id().equals(question.id());
            case REQUEST, NOTIFICATION -> false;
        };
    }
}
