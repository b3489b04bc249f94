package gatehouse.session.crossing.modern;

import gatehouse.session.mcp.Codes;
import gatehouse.session.mcp.Id;
import gatehouse.session.mcp.Json;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Place;
import gatehouse.session.upstream.Fault;
import gatehouse.session.upstream.Header;
import gatehouse.session.upstream.Hops;
import gatehouse.session.upstream.Outbound;
import gatehouse.session.upstream.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.util.ByteString;

/// One request under way on a leg, for as long as the upstream is busy with it: through all rounds of questions, for
/// which its client comes back with a new request each.
final class LegCall {

    private static final int NOT_FOUND = 404;

    private final FacePorts ports;
    private final SharedLeg leg;
    private final List<Header> passed;
    private final Duration deadline;
    private final String token;
    private final Inflow inflow;
    private final AtomicBoolean over = new AtomicBoolean();
    private final List<Posed> open = new CopyOnWriteArrayList<>();
    private volatile Hello hello;
    private volatile Message request;
    private volatile CompletableFuture<Reply> sending = CompletableFuture.completedFuture(new Reply.Accepted());
    private volatile String taskId = "";
    private volatile boolean asked;
    private boolean mended;
    private int posed;
    private int rounds;

    /// @param leg taken for this call, which gives it back
    LegCall(FacePorts ports, SharedLeg leg, Hello hello, Outbound.Post post) {
        this.ports = ports;
        this.leg = leg;
        this.hello = hello;
        this.request = post.message();
        this.passed = post.headers();
        this.deadline = post.deadline();
        this.token = request.raw(Place.META_PROGRESS_TOKEN)
                .map(ByteString::utf8String)
                .orElse("");
        this.inflow = new Inflow(ports.system(), this::resume, ports.settings());
    }

    SharedLeg leg() {
        return leg;
    }

    Hello hello() {
        return hello;
    }

    /// The request as the upstream has it.
    Message request() {
        return request;
    }

    /// The JSON of the progress token the upstream was given; empty if it was given none.
    String token() {
        return token;
    }

    /// Sends a request. Nothing comes of it at once if the upstream began to answer: that is for [#next] to read.
    CompletionStage<Optional<Said>> send(Message message) {
        if (over.get()) {
            return CompletableFuture.completedFuture(Optional.of(Said.Lost.by(Fault.notSent("nobody waits any more"))));
        }
        request = message;
        sending = leg.send(leg.saying(hello, message, passed, deadline));
        if (over.get()) {
            sending.cancel(true);
        }
        return sending.thenCompose(reply -> switch (reply) {
            case Reply.Refused refused when !mended && forgets(refused) -> mend(message);
            case Reply other -> CompletableFuture.completedFuture(begun(other));
        });
    }

    /// Whether it is the session that is not found; a method may be missing as well.
    private boolean forgets(Reply.Refused refused) {
        return refused.status() == NOT_FOUND
                && !hello.leg().session().isEmpty()
                && refused.body().stream().noneMatch(error -> Errors.code(error) == Codes.METHOD_NOT_FOUND);
    }

    /// The upstream forgot the session and therefore did nothing: once more, on a new one.
    private CompletionStage<Optional<Said>> mend(Message message) {
        mended = true;
        return leg.after(hello, Hops.among(passed))
                .thenApply(Optional::of)
                .exceptionally(failure -> Optional.empty())
                .thenCompose(fresh -> {
                    if (fresh.isEmpty()) {
                        return CompletableFuture.completedFuture(Optional.of(
                                Said.Lost.by(Fault.notSent("it forgot the session and could not be given a new one"))));
                    }
                    hello = fresh.get();
                    return send(message);
                });
    }

    private Optional<Said> begun(Reply reply) {
        return switch (reply) {
            case Reply.Single(var message, var session) -> {
                inflow.only(message);
                yield Optional.empty();
            }
            case Reply.Streamed(var events, var session) -> {
                inflow.open(events);
                yield Optional.empty();
            }
            case Reply.Refused refused when refused.body().isEmpty() -> Optional.of(new Said.Lost(refused));
            case Reply.Refused(var status, var body, var session) -> {
                inflow.only(body.getFirst());
                yield Optional.empty();
            }
            case Reply.Accepted accepted -> Optional.of(new Said.Lost(accepted));
            case Reply.Failed failed -> Optional.of(new Said.Lost(failed));
        };
    }

    private CompletableFuture<Reply> resume(String eventId) {
        return leg.send(leg.listening(hello, eventId));
    }

    CompletionStage<Message> next() {
        return inflow.next();
    }

    Inflow inflow() {
        return inflow;
    }

    /// Whether a message is the answer to the request; an error about nothing in particular is.
    boolean isAnsweredBy(Message message) {
        return switch (message.kind()) {
            case RESULT -> message.id().equals(request.id());
            case ERROR -> message.id().isEmpty() || message.id().equals(request.id());
            case REQUEST, NOTIFICATION -> false;
        };
    }

    /// Notes a question of the upstream, to be answered before the call ends.
    Optional<Posed> note(Message question) {
        var noted = Posed.of(question, posed + 1);
        noted.ifPresent(each -> {
            asked = true;
            posed++;
            open.add(each);
        });
        return noted;
    }

    /// The questions that nobody answered yet.
    List<Posed> open() {
        return List.copyOf(open);
    }

    /// Bytes that are held while it waits: of its request, and of what is asked.
    long size() {
        return request.bytes().size() + open.stream().mapToLong(Posed::size).sum();
    }

    /// The upstream wants its client to go somewhere first, and may remember by the leg that it did.
    void sendAway() {
        asked = true;
    }

    /// False if it asked too often already.
    boolean entersRound(int most) {
        return ++rounds <= most;
    }

    /// Gives the upstream the answer to one of its questions; false if it did not take it.
    CompletionStage<Boolean> answer(Posed question, ByteString response) {
        open.remove(question);
        return leg.post(hello, Message.result(question.upstreamId(), response.utf8String()))
                .thenApply(reply -> !(reply instanceof Reply.Refused || reply instanceof Reply.Failed));
    }

    /// Answers what the upstream asks the gateway itself.
    void reply(Message message) {
        var _ = leg.post(hello, message);
    }

    /// The upstream runs the call as a task of its own, which must be called off by name.
    void runsAs(String task) {
        taskId = task;
    }

    /// Where what an upstream says of itself to all is kept: not on a leg that is this call's own.
    SharedLeg common() {
        return ports.legs().common(leg);
    }

    /// The upstream is done with it.
    ///
    /// @param surely whether that is known by its answer, or because it never heard of it
    void finish(boolean surely) {
        if (over.compareAndSet(false, true)) {
            inflow.close();
            ports.legs().giveBack(leg, surely && !asked);
        }
    }

    /// Nobody waits any more: the upstream is told so, and nothing more of it is read.
    void giveUp(String why) {
        if (!over.compareAndSet(false, true)) {
            return;
        }
        sending.cancel(true);
        inflow.close();
        open.forEach(question -> reply(Message.error(question.upstreamId(), Codes.INTERNAL_ERROR, why)));
        if (!taskId.isEmpty()) {
            reply(Message.request(Ids.next(), "tasks/cancel", "{\"taskId\":" + Json.quote(taskId) + "}"));
        }
        var id = request.id().map(Id::json).orElse("null");
        leg.post(
                        hello,
                        Message.notification(
                                "notifications/cancelled",
                                "{\"requestId\":" + id + ",\"reason\":" + Json.quote(why) + "}"))
                .whenComplete((reply, failure) -> ports.legs().giveBack(leg, false));
    }
}
