package gatehouse.session.crossing.legacy;

import gatehouse.session.crossing.legacy.Hearing.Heard;
import gatehouse.session.crossing.legacy.Hearing.Told;
import gatehouse.session.crossing.legacy.Hearing.Untold;
import gatehouse.session.mcp.Members;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Place;
import gatehouse.session.mcp.Refusal;
import gatehouse.session.upstream.Chain;
import gatehouse.session.upstream.Event;
import gatehouse.session.upstream.Evidence;
import gatehouse.session.upstream.Outbound;
import gatehouse.session.upstream.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/// One request of a client, in as many rounds as a modern upstream needs for it: where it wants to know something
/// first,
/// the client is asked on the stream of its request, and the request repeated with what it answered.
///
/// Everything a round holds is given back when the stream ends, however it ends: seats in the waiting room, and the
/// exchange that is under way.
final class Rounds {

    /// Those that may be answered by questions.
    private static final Set<String> ASKING = Set.of("tools/call", "prompts/get", "resources/read");

    private static final Duration LONGEST_RETRY = Duration.ofSeconds(10);
    private static final int DOUBLINGS = 10;

    private final View view;
    private final WaitingRoom room;
    private final Outbound.Post post;
    private final Message request;
    private final Progress progress;
    private int asked;
    private int postponed;
    private final Holding holding = new Holding();
    private final boolean tasks;
    private final UnaryOperator<Message> ending;

    Rounds(View view, Outbound.Post post) {
        this(view, post, false, UnaryOperator.identity());
    }

    /// @param tasks whether the upstream may make a task of it
    /// @param ending what becomes of a result that is neither an error nor a question
    Rounds(View view, Outbound.Post post, boolean tasks, UnaryOperator<Message> ending) {
        this.view = view;
        this.room = view.shared().room();
        this.post = post;
        this.tasks = tasks;
        this.ending = ending;
        this.request = post.message()
                .without(Place.PARAMS_INPUT_RESPONSES)
                .without(Place.PARAMS_REQUEST_STATE)
                .without(Place.PARAMS_TASK);
        this.progress = new Progress(request);
    }

    CompletableFuture<Reply> begin() {
        var id = request.id().orElseThrow();
        var first = view.client().enveloped(request, id, progress.next(id.json()), tasks);
        return Chain.first(
                new Outgoing(view, first, post).send(), reply -> CompletableFuture.completedFuture(first(reply)));
    }

    private Reply first(Reply reply) {
        return switch (reply) {
            case Reply.Single(var answer, var session) ->
                asks(answer)
                        ? holding.streamed(Source.lazySource(() -> after(answer))
                                .mapMaterializedValue(any -> NotUsed.getInstance()))
                        : new Reply.Single(done(answer), "");
            case Reply.Streamed(var events, var session) -> holding.streamed(said(events));
            case Reply.Refused(var status, var body, var session)
            when !body.isEmpty() && !Evidence.deniesModern(reply) -> new Reply.Single(done(body.getFirst()), "");
            case Reply.Refused _, Reply.Accepted _, Reply.Failed _ -> reply;
        };
    }

    /// What the upstream says in one round, and in those that follow from it.
    private Source<Event, NotUsed> said(Source<Event, NotUsed> events) {
        return events.mapConcat(Event::message).flatMapConcat(message -> switch (message.kind()) {
            case REQUEST -> Source.empty(); // there are none in the modern era
            case NOTIFICATION -> progress.back(message).map(Rounds::one).orElseGet(Source::empty);
            case RESULT, ERROR -> after(message);
        });
    }

    /// What follows from the last message of a round.
    private Source<Event, NotUsed> after(Message answer) {
        if (!asks(answer)) {
            return one(done(answer));
        }
        var state = answer.raw(Place.RESULT_REQUEST_STATE)
                .map(ByteString::utf8String)
                .orElse("");
        var wanted = Members.of(answer, Place.RESULT_INPUT_REQUESTS);
        if (wanted.isEmpty()) {
            return state.isEmpty() ? problem(Trouble.badQuestion()) : later(state);
        }
        if (asked++ == view.shared().settings().rounds()) {
            return problem(Trouble.tooManyRounds(view.shared().settings().rounds()));
        }
        return switch (Inputs.of(view.client(), wanted)) {
            case Inputs.Unaskable(var refusal) -> problem(refusal);
            case Inputs.Put(var questions) ->
                room.take(view.whose().principal().toString(), questions.size())
                        .map(seats -> put(new Hearing(room, questions, seats), state))
                        .orElseGet(() -> problem(Trouble.tooManyQuestions()));
        };
    }

    private Source<Event, NotUsed> put(Hearing round, String state) {
        if (!holding.hold(round)) {
            return Source.empty();
        }
        var heard = round.heard(view.shared().settings().answer());
        return Source.from(round.requests().stream().map(Rounds::event).toList())
                .concatLazy(
                        Source.lazySource(() -> next(heard, state)).mapMaterializedValue(any -> NotUsed.getInstance()));
    }

    /// The upstream wants to be asked again in a while.
    private Source<Event, NotUsed> later(String state) {
        var settings = view.shared().settings();
        if (postponed == settings.rounds()) {
            return problem(Trouble.tooManyRounds(settings.rounds()));
        }
        var wait = settings.retry().multipliedBy(1L << Math.min(postponed++, DOUBLINGS));
        var pause = wait.compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : wait;
        return next(
                new CompletableFuture<Heard>().completeOnTimeout(new Told(""), pause.toMillis(), TimeUnit.MILLISECONDS),
                state);
    }

    private Source<Event, NotUsed> next(CompletableFuture<Heard> heard, String state) {
        return Source.completionStageSource(heard.thenCompose(answer -> switch (answer) {
                    case Told(var responses) -> again(responses, state).thenApply(this::followed);
                    case Untold(var refusal) -> CompletableFuture.completedFuture(problem(refusal));
                }))
                .mapMaterializedValue(any -> NotUsed.getInstance());
    }

    private CompletableFuture<Reply> again(String responses, String state) {
        var id = Fresh.id();
        var answered = responses.isEmpty() ? request : request.with(Place.PARAMS_INPUT_RESPONSES, responses);
        var stated = state.isEmpty() ? answered : answered.with(Place.PARAMS_REQUEST_STATE, state);
        var repeated = view.client().enveloped(stated, id, progress.next(id.json()), tasks);
        return holding.carry(() -> new Outgoing(view, repeated, post).send());
    }

    private Source<Event, NotUsed> followed(Reply reply) {
        return switch (reply) {
            case Reply.Single(var answer, var session) -> after(answer);
            case Reply.Streamed(var events, var session) -> said(events);
            case Reply.Refused refused when Evidence.deniesModern(refused) -> problem(Trouble.changedEra());
            case Reply.Refused(var status, var body, var session) ->
                body.isEmpty() ? problem(Trouble.refused(status)) : one(done(body.getFirst()));
            case Reply.Accepted accepted -> problem(Trouble.silent());
            case Reply.Failed(var fault) -> problem(Trouble.of(fault));
        };
    }

    private boolean asks(Message answer) {
        return ASKING.contains(request.method())
                && answer.text(Place.RESULT_TYPE).orElse("").equals("input_required");
    }

    private Message done(Message answer) {
        var id = request.id().orElseThrow();
        return switch (answer.text(Place.RESULT_TYPE).orElse("complete")) {
            case "complete" -> ended(Results.of(request.method(), answer.withId(id)));
            case "task" ->
                tasks ? ended(answer.withId(id)) : Trouble.unexpected().message(id);
            default -> Trouble.unexpected().message(id);
        };
    }

    private Message ended(Message answer) {
        return answer.kind() == Message.Kind.RESULT ? ending.apply(answer) : answer;
    }

    private Source<Event, NotUsed> problem(Refusal refusal) {
        return one(refusal.message(request.id().orElseThrow()));
    }

    private static Source<Event, NotUsed> one(Message message) {
        return Source.single(event(message));
    }

    private static Event event(Message message) {
        return new Event("", -1, List.of(message));
    }
}
