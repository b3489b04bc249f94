package gatehouse.session.crossing.modern;

import gatehouse.session.mcp.Message;
import gatehouse.session.upstream.Ahead;
import gatehouse.session.upstream.Broken;
import gatehouse.session.upstream.Event;
import gatehouse.session.upstream.Fault;
import gatehouse.session.upstream.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.javadsl.SinkQueueWithCancel;
import org.apache.pekko.stream.javadsl.Source;

/// What an upstream says about one request, message by message, across streams that it ends early.
///
/// One reader at a time. What nobody reads stays with the upstream, but for the one event that is at hand: so a call
/// may
/// lie for as long as its client needs, and costs no more than its connection.
final class Inflow {

    private static final long LONGEST_RETRY = 60_000;

    private final ActorSystem<?> system;
    private final Function<String, CompletableFuture<Reply>> resume;
    private final ModernSettings settings;
    private volatile Optional<SinkQueueWithCancel<Event>> queue = Optional.empty();
    private volatile CompletableFuture<Reply> resuming = CompletableFuture.completedFuture(new Reply.Accepted());
    private volatile boolean closed;
    private Optional<CompletionStage<Optional<Event>>> ahead = Optional.empty();
    private Fault fault = Fault.unknown("the stream ended before the answer");
    private String eventId = "";
    private long retryMillis = -1;
    private int resumes;

    /// @param resume asks the upstream for what follows an event
    Inflow(ActorSystem<?> system, Function<String, CompletableFuture<Reply>> resume, ModernSettings settings) {
        this.system = system;
        this.resume = resume;
        this.settings = settings;
    }

    void open(Source<Event, NotUsed> events) {
        var opened = events.runWith(Ahead.one(), system);
        queue = Optional.of(opened);
        if (closed) {
            opened.cancel();
        }
    }

    /// There is nothing to come but this.
    void only(Message message) {
        ahead = Optional.of(CompletableFuture.completedFuture(Optional.of(new Event("", -1, List.of(message)))));
    }

    /// The next message, from wherever it comes. Fails with [Broken] if there will be none.
    CompletionStage<Message> next() {
        var event = take();
        ahead = Optional.empty();
        return event.handle((got, failure) -> failure == null ? got : broken(failure))
                .thenCompose(got -> got.map(this::read).orElseGet(this::again));
    }

    /// The next message if it comes soon and is one of those; else it stays where it is.
    CompletionStage<Optional<Message>> soon(Duration patience, Predicate<Message> wanted) {
        var event = take();
        ahead = Optional.of(event);
        return event.thenApply(got -> got)
                .toCompletableFuture()
                .completeOnTimeout(Optional.empty(), patience.toNanos(), TimeUnit.NANOSECONDS)
                .handleAsync(
                        (got, failure) ->
                                failure == null ? got.flatMap(this::message).filter(wanted) : Optional.<Message>empty(),
                        system.executionContext())
                .thenCompose(found ->
                        found.isEmpty() ? CompletableFuture.completedFuture(found) : next().thenApply(Optional::of));
    }

    void close() {
        closed = true;
        queue.ifPresent(SinkQueueWithCancel::cancel);
        resuming.cancel(true);
    }

    private CompletionStage<Optional<Event>> take() {
        return ahead.or(() -> queue.map(SinkQueueWithCancel::pull))
                .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()));
    }

    private Optional<Event> broken(Throwable failure) {
        var cause = failure.getCause() == null ? failure : failure.getCause();
        fault = cause instanceof Broken broken ? broken.fault() : Fault.unknown("the stream broke");
        return Optional.empty();
    }

    private Optional<Message> message(Event event) {
        return event.message().stream().findFirst();
    }

    private CompletionStage<Message> read(Event event) {
        eventId = event.id().isEmpty() ? eventId : event.id();
        retryMillis = event.retryMillis() < 0 ? retryMillis : event.retryMillis();
        if (event.message().isEmpty()) {
            return elsewhere(); // on a stack of its own: there may be many such events
        }
        resumes = 0;
        return CompletableFuture.completedFuture(event.message().getFirst());
    }

    private CompletionStage<Message> elsewhere() {
        return CompletableFuture.completedFuture(this).thenComposeAsync(Inflow::next, system.executionContext());
    }

    private CompletionStage<Message> again() {
        if (closed || eventId.isEmpty() || resumes == settings.resuming().times()) {
            return CompletableFuture.failedFuture(new Broken(fault));
        }
        resumes++;
        return waited().thenCompose(time -> resumed()).thenCompose(reply -> switch (reply) {
            case Reply.Streamed(var events, var session) -> {
                open(events);
                yield elsewhere();
            }
            case Reply.Failed(var failure) -> {
                fault = failure;
                yield again();
            }
            case Reply.Refused _, Reply.Single _, Reply.Accepted _ ->
                CompletableFuture.failedFuture(new Broken(Fault.unknown("the stream could not be resumed")));
        });
    }

    private Duration asked() {
        var asked = Duration.ofMillis(Math.min(retryMillis, LONGEST_RETRY));
        return asked.compareTo(settings.soonest()) < 0 ? settings.soonest() : asked;
    }

    private CompletionStage<Reply> resumed() {
        if (closed) {
            return CompletableFuture.completedFuture(new Reply.Failed(fault));
        }
        resuming = resume.apply(eventId);
        if (closed) {
            resuming.cancel(true);
        }
        return resuming;
    }

    private CompletionStage<Duration> waited() {
        var delay = retryMillis < 0 ? settings.resuming().delay() : asked();
        var waited = new CompletableFuture<Duration>();
        system.scheduler().scheduleOnce(delay, () -> waited.complete(delay), system.executionContext());
        return waited;
    }
}
