package gatehouse.session.crossing.legacy;

import gatehouse.session.crossing.legacy.Hearing.Heard;
import gatehouse.session.crossing.legacy.Hearing.Told;
import gatehouse.session.crossing.legacy.Hearing.Untold;
import gatehouse.session.crossing.legacy.Inputs.Question;
import gatehouse.session.mcp.Json;
import gatehouse.session.mcp.Members;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Place;
import gatehouse.session.mcp.Refusal;
import gatehouse.session.upstream.Chain;
import gatehouse.session.upstream.Event;
import gatehouse.session.upstream.Evidence;
import gatehouse.session.upstream.Outbound;
import gatehouse.session.upstream.Reply;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.function.Creator;
import org.apache.pekko.stream.javadsl.Source;

/// Waits for a task to be over, as `tasks/result` does: asks about it again and again, and puts what the upstream wants
/// to
/// know meanwhile to the client, on the stream of its request. The deadline of the call ends it; the task goes on.
final class TaskWait {

    private final View view;
    private final Outbound.Post post;
    private final String own;
    private final String name;
    private final Holding holding = new Holding();
    private final Set<String> asked = new HashSet<>();

    /// @param own what the upstream calls the task
    TaskWait(View view, Outbound.Post post, String own) {
        this.view = view;
        this.post = post;
        this.own = own;
        this.name = post.message().text(Place.PARAMS_TASK_ID).orElse("");
    }

    CompletableFuture<Reply> begin() {
        return Chain.first(get(), reply -> CompletableFuture.completedFuture(first(reply)));
    }

    /// Asks an upstream about a task. A result or an error is [Reply.Single], under the id of the client's request.
    ///
    /// @param more members of the params beside the task's name
    static CompletableFuture<Reply> ask(View view, Outbound.Post post, String method, String own, String more) {
        var id = Fresh.id();
        var params = "{\"taskId\":" + Json.quote(own) + more + "}";
        var message = view.client().enveloped(Message.request(id, method, params), id, "", true);
        return Chain.first(
                new Outgoing(view, message, post).send(),
                reply -> Whole.of(reply, view.shared().system()).thenApply(whole -> named(whole, method, post)));
    }

    private static Reply named(Reply reply, String method, Outbound.Post post) {
        var id = post.message().id().orElseThrow();
        return switch (reply) {
            case Reply.Single(var answer, var session) ->
                new Reply.Single(
                        answer.kind() == Message.Kind.ERROR ? Results.of(method, answer.withId(id)) : answer.withId(id),
                        "");
            case Reply.Refused(var status, var body, var session)
            when !body.isEmpty() && !Evidence.deniesModern(reply) ->
                new Reply.Single(Results.of(method, body.getFirst().withId(id)), "");
            case Reply.Refused _, Reply.Streamed _, Reply.Accepted _, Reply.Failed _ -> reply;
        };
    }

    private CompletableFuture<Reply> get() {
        return ask(view, post, "tasks/get", own, "");
    }

    private Reply first(Reply reply) {
        return task(reply).isEmpty() || TaskShape.isOver(task(reply))
                ? ended(reply)
                : holding.streamed(lazily(() -> after(reply)));
    }

    /// The members of the task; none if that is no task.
    private static Map<String, String> task(Reply reply) {
        return reply instanceof Reply.Single(var answer, var session) && answer.kind() == Message.Kind.RESULT
                ? Members.of(answer, Place.RESULT)
                : Map.of();
    }

    private Reply ended(Reply reply) {
        var task = task(reply);
        return task.isEmpty()
                ? reply
                : new Reply.Single(TaskShape.outcome(task, post.message().id().orElseThrow(), name), "");
    }

    private Source<Event, NotUsed> after(Reply reply) {
        var task = task(reply);
        if (task.isEmpty() || TaskShape.isOver(task)) {
            return one(
                    switch (ended(reply)) {
                        case Reply.Single(var answer, var session) -> answer;
                        case Reply.Refused(var status, var body, var session) -> error(Trouble.refused(status));
                        case Reply.Failed(var fault) -> error(Trouble.of(fault));
                        case Reply.Accepted _, Reply.Streamed _ -> error(Trouble.silent());
                    });
        }
        var wanted = Members.of(Members.object(task, "inputRequests"));
        wanted.keySet().removeAll(asked);
        return wanted.isEmpty() ? follow(changed(task)) : ask(task, wanted);
    }

    private Source<Event, NotUsed> ask(Map<String, String> task, Map<String, String> wanted) {
        asked.addAll(wanted.keySet());
        if (asked.size() > Inputs.MOST * view.shared().settings().rounds()) {
            return one(error(Trouble.tooManyQuestions()));
        }
        return switch (Inputs.of(view.client(), wanted)) {
            case Inputs.Unaskable(var refusal) -> one(error(refusal));
            case Inputs.Put(var questions) ->
                view.shared()
                        .room()
                        .take(view.whose().principal().toString(), questions.size())
                        .map(seats -> put(task, new Hearing(view.shared().room(), related(questions), seats)))
                        .orElseGet(() -> one(error(Trouble.tooManyQuestions())));
        };
    }

    private List<Question> related(List<Question> questions) {
        return questions.stream()
                .map(question -> new Question(
                        question.key(), question.method(), TaskShape.relatedParams(question.params(), name)))
                .toList();
    }

    private Source<Event, NotUsed> put(Map<String, String> task, Hearing round) {
        if (!holding.hold(round)) {
            return Source.empty();
        }
        var heard = round.heard(view.shared().settings().answer());
        return Source.from(round.requests().stream().map(TaskWait::event).toList())
                .concatLazy(lazily(() -> told(task, heard)));
    }

    private Source<Event, NotUsed> told(Map<String, String> task, CompletableFuture<Heard> heard) {
        return later(heard.thenCompose(answer -> switch (answer) {
            case Untold(var refusal) -> CompletableFuture.completedFuture(one(error(refusal)));
            case Told(var responses) ->
                holding.carry(() -> ask(view, post, "tasks/update", own, ",\"inputResponses\":" + responses))
                        .thenApply(reply ->
                                task(reply).isEmpty() && !acknowledges(reply) ? after(reply) : follow(changed(task)));
        }));
    }

    private static boolean acknowledges(Reply reply) {
        return reply instanceof Reply.Single(var answer, var session) && answer.kind() == Message.Kind.RESULT;
    }

    /// The task once there is something new to say of it.
    private CompletableFuture<Reply> changed(Map<String, String> task) {
        var pause = TaskShape.pause(task, view.shared().settings().tasks().poll());
        return new CompletableFuture<Boolean>()
                .completeOnTimeout(true, pause.toMillis(), TimeUnit.MILLISECONDS)
                .thenCompose(now -> holding.carry(this::get))
                .thenCompose(reply -> isNews(task(reply)) || holding.isOver()
                        ? CompletableFuture.completedFuture(reply)
                        : changed(task(reply)));
    }

    private boolean isNews(Map<String, String> task) {
        return task.isEmpty()
                || TaskShape.isOver(task)
                || !asked.containsAll(
                        Members.of(Members.object(task, "inputRequests")).keySet());
    }

    private Source<Event, NotUsed> follow(CompletableFuture<Reply> changed) {
        return later(changed.thenApply(this::after));
    }

    private static Source<Event, NotUsed> later(CompletableFuture<Source<Event, NotUsed>> events) {
        return Source.completionStageSource(events).mapMaterializedValue(any -> NotUsed.getInstance());
    }

    private static Source<Event, NotUsed> lazily(Creator<Source<Event, NotUsed>> events) {
        return Source.lazySource(events).mapMaterializedValue(any -> NotUsed.getInstance());
    }

    private Message error(Refusal refusal) {
        return refusal.message(post.message().id().orElseThrow());
    }

    private static Source<Event, NotUsed> one(Message message) {
        return Source.single(event(message));
    }

    private static Event event(Message message) {
        return new Event("", -1, List.of(message));
    }
}
