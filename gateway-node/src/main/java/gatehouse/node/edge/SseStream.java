package gatehouse.node.edge;

import gatehouse.policy.rate.Load;
import gatehouse.policy.verdict.Denial;
import gatehouse.session.Exchange;
import gatehouse.session.call.Answer;
import gatehouse.session.call.Inbound;
import gatehouse.session.call.Visit;
import gatehouse.session.mcp.Codes;
import gatehouse.session.mcp.Dialect;
import gatehouse.session.mcp.Id;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Place;
import gatehouse.session.mcp.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.japi.pf.PFBuilder;
import org.apache.pekko.stream.Graph;
import org.apache.pekko.stream.SourceShape;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/// One client of HTTP+SSE: its event stream, and the session that lives as long as the stream does.
///
/// Everything the client posts is sent as any message of a session is; what comes back for it, and what the
/// session says by itself, goes over the stream.
final class SseStream {

    /// Requests whose answers are on their way to a client that may not read them.
    private static final int PENDING = 64;

    private static final Duration TO_INITIALIZE = Duration.ofMinutes(1);
    private static final int TOO_MANY = 429;

    private final Exchange exchange;
    private final McpMethods.Way way;
    private final SseEvents events;
    private final SseHearing hearing;
    private final AtomicInteger pending = new AtomicInteger();
    private final AtomicBoolean opening = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile CompletableFuture<Done> hello = new CompletableFuture<>(); // completes if it is not waited for
    private volatile String session = "";

    SseStream(ActorSystem<?> system, Exchange exchange, McpMethods.Way way) {
        this.exchange = exchange;
        this.way = way;
        this.events = new SseEvents(system);
        this.hearing = new SseHearing(system, exchange, events, this::close);
        system.scheduler().scheduleOnce(TO_INITIALIZE, this::giveUpWaiting, system.executionContext());
    }

    /// What the client is sent; one message at a time, on one line each.
    Source<ByteString, NotUsed> messages() {
        return events.messages();
    }

    /// A session's messages come from who opened it.
    boolean isOf(McpMethods.Way other) {
        return way.principal().equals(other.principal())
                && way.route().id().equals(other.route().id());
    }

    /// A request, the room for it and its answer, and what else is given back once that has been written.
    private record Asked(Id id, Load room, Runnable done) {

        Message fitting(Message answer) {
            return full(answer.bytes()).map(this::noRoom).orElse(answer);
        }

        /// @throws Full if there is no room
        Answer.Sent fitting(Answer.Sent sent) {
            full(sent.message()).ifPresent(denial -> {
                throw new Full(denial);
            });
            return sent;
        }

        /// One message waits while another is written.
        private Optional<Denial> full(ByteString message) {
            return message.size() > Load.SMALL ? room.hold(2 * message.size()) : Optional.empty();
        }

        Message noRoom(Denial denial) {
            return Refusal.noRoom(denial).message(id);
        }
    }

    /// What the POST itself is answered with.
    ///
    /// @param room is given back once nothing of the message or its answer is needed any more, unless it is refused
    CompletionStage<Answer> post(Inbound inbound, Load room) {
        var message = inbound.message();
        if (message.kind() == Message.Kind.REQUEST) {
            return now(request(inbound, message.id().orElseThrow(), room));
        }
        if (message.has(Place.META_PROTOCOL_VERSION)) {
            return now(new Answer.Refused(List.of(), modern(message)));
        }
        return exchange.send(inbound.within(session)).thenApply(answer -> {
            room.giveBack();
            return noted(message, answer);
        });
    }

    private Answer request(Inbound inbound, Id id, Load room) {
        if (pending.incrementAndGet() > PENDING) {
            pending.decrementAndGet();
            var text = "too many requests of this stream wait; read their answers first";
            return new Answer.Refused(List.of(id), new Refusal(TOO_MANY, Codes.LEGACY_TRANSPORT, text));
        }
        var asked = new Asked(id, room, () -> {
            pending.decrementAndGet();
            room.giveBack();
        });
        if (inbound.message().has(Place.META_PROTOCOL_VERSION)) {
            say(asked, modern(inbound.message()).message(id));
        } else if (inbound.message().method().equals("initialize")) {
            initialize(inbound, asked);
        } else {
            exchange.send(inbound.within(session)).whenComplete((answer, failure) -> carry(asked, answer));
        }
        return new Answer.Accepted();
    }

    /// The modern era has no such transport; what is served here is all of the other.
    private static Refusal modern(Message message) {
        return Refusal.unsupportedVersion(
                message.text(Place.META_PROTOCOL_VERSION).orElse(""), Dialect.SUPPORTED_LEGACY);
    }

    private void initialize(Inbound inbound, Asked asked) {
        if (!opening.compareAndSet(false, true)) {
            var text = "this stream has its session already; open another stream";
            say(asked, Message.error(asked.id(), Codes.INVALID_REQUEST, text));
            return;
        }
        var waited = new CompletableFuture<Done>();
        hello = waited;
        exchange.send(inbound.within("").until(waited)).whenComplete((answer, failure) -> {
            if (answer instanceof Answer.Single(var status, var message, var opened) && !opened.isEmpty()) {
                session = opened;
            } else {
                opening.set(false);
            }
            carry(asked, answer);
            if (closed.get()) {
                end(); // the client left while its session was being opened
            }
        });
        if (closed.get()) {
            waited.complete(Done.getInstance());
        }
    }

    private void carry(Asked asked, @Nullable Answer answer) {
        switch (answer) {
            case Answer.Single(var status, var message, var opened) -> say(asked, message);
            case Answer.Streamed(var sent) ->
                events.send(
                        fitting(asked, sent), Source.single(failed(asked.id()).bytes()), asked.done());
            case Answer.Refused(var ids, var refusal) -> say(asked, refusal.message(asked.id()));
            case Answer.Accepted _, Answer.Ended _ -> asked.done().run();
            case null -> say(asked, failed(asked.id()));
        }
    }

    private static Message failed(Id id) {
        return Message.error(id, Codes.INTERNAL_ERROR, "the gateway failed at this request");
    }

    /// Ends with a word of it where a message finds no room.
    private static Source<Answer.Sent, NotUsed> fitting(Asked asked, Source<Answer.Sent, NotUsed> sent) {
        return sent.map(one -> asked.fitting(one))
                .recoverWithRetries(
                        1,
                        new PFBuilder<Throwable, Graph<SourceShape<Answer.Sent>, NotUsed>>()
                                .match(
                                        Full.class,
                                        full -> Source.single(new Answer.Sent(
                                                "", asked.noRoom(full.denial()).bytes())))
                                .build());
    }

    private void say(Asked asked, Message message) {
        events.say(asked.fitting(message), asked.done());
    }

    private Answer noted(Message message, Answer answer) {
        if (message.method().equals("notifications/initialized") && answer instanceof Answer.Accepted) {
            hearing.begin(visit());
        }
        return answer;
    }

    private void giveUpWaiting() {
        if (session.isEmpty()) {
            close();
        }
    }

    /// Ends the stream and, as nothing can be resumed, the session.
    void close() {
        if (closed.compareAndSet(false, true)) {
            hearing.end();
            events.end();
            hello.complete(Done.getInstance());
            end();
        }
    }

    private void end() {
        if (!session.isEmpty()) {
            var _ = exchange.end(visit());
        }
    }

    private Visit visit() {
        return new Visit(way.principal(), way.route(), way.course(), session, "");
    }

    private static CompletionStage<Answer> now(Answer answer) {
        return CompletableFuture.completedFuture(answer);
    }
}
