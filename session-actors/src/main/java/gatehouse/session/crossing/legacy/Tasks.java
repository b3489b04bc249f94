package gatehouse.session.crossing.legacy;

import gatehouse.session.mcp.Id;
import gatehouse.session.mcp.Members;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Place;
import gatehouse.session.mcp.Refusal;
import gatehouse.session.upstream.Chain;
import gatehouse.session.upstream.Outbound;
import gatehouse.session.upstream.Reply;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/// Tasks of 2025-11-25 at an upstream that has the modern extension: what a client makes, asks about, waits for and
/// cancels here are tasks there.
final class Tasks {

    private final View view;
    private final TaskNames names;
    private final Outbound.Post post;
    private final Message request;

    Tasks(View view, Outbound.Post post) {
        this.view = view;
        this.names = new TaskNames(view);
        this.post = post;
        this.request = post.message();
    }

    /// A call that is to be a task. Whether it becomes one is for the upstream to decide; if it does not, its
    /// result is kept
    /// as if it had.
    CompletableFuture<Reply> call() {
        return new Rounds(view, post, true, this::made).begin();
    }

    private Message made(Message answer) {
        var task = answer.text(Place.RESULT_TYPE).orElse("").equals("task")
                ? names.shown(answer.text(Place.RESULT_TASK_ID).orElse(""))
                        .map(name -> TaskShape.of(Members.of(answer, Place.RESULT), name))
                : finished()
                        .keep(view.whose(), answer)
                        .flatMap(id -> finished().find(view.whose(), id).map(kept -> shape(kept, id)));
        return task.map(json -> Message.result(id(), "{\"task\":" + json + "}"))
                .orElseGet(() -> Trouble.tooLarge().message(id()));
    }

    CompletableFuture<Reply> get() {
        return finished()
                .find(view.whose(), name())
                .map(kept -> single(Message.result(id(), shape(kept, name()))))
                .orElseGet(() -> named(own -> shown(own)));
    }

    CompletableFuture<Reply> result() {
        return finished()
                .find(view.whose(), name())
                .map(kept -> single(TaskShape.related(kept.result().withId(id()), name())))
                .orElseGet(() -> named(own -> new TaskWait(view, post, own).begin()));
    }

    /// The upstream only acknowledges, and may be done before it gives up: what became of it is asked for.
    CompletableFuture<Reply> cancel() {
        if (finished().find(view.whose(), name()).isPresent()) {
            return refused(Trouble.taskIsOver());
        }
        return named(own -> known(
                ask("tasks/get", own, ""),
                task -> TaskShape.isOver(task)
                        ? refused(Trouble.taskIsOver())
                        : known(ask("tasks/cancel", own, ""), acknowledged -> shown(own))));
    }

    private CompletableFuture<Reply> shown(String own) {
        return known(ask("tasks/get", own, ""), task -> single(Message.result(id(), TaskShape.of(task, name()))));
    }

    private CompletableFuture<Reply> named(Function<String, CompletableFuture<Reply>> then) {
        return names.own(name()).map(then).orElseGet(() -> refused(Trouble.noSuchTask()));
    }

    private CompletableFuture<Reply> ask(String method, String own, String more) {
        return TaskWait.ask(view, post, method, own, more);
    }

    /// Goes on with the members of a result; anything else is the answer.
    private CompletableFuture<Reply> known(
            CompletableFuture<Reply> asked, Function<Map<String, String>, CompletableFuture<Reply>> then) {
        return Chain.first(
                asked,
                reply -> reply instanceof Reply.Single(var answer, var session) && answer.kind() == Message.Kind.RESULT
                        ? then.apply(Members.of(answer, Place.RESULT))
                        : CompletableFuture.completedFuture(reply));
    }

    private String shape(Finished.Kept kept, String id) {
        return TaskShape.of(kept, view.shared().settings().tasks().kept(), id);
    }

    private Finished finished() {
        return view.shared().finished();
    }

    private String name() {
        return request.text(Place.PARAMS_TASK_ID).orElse("");
    }

    private Id id() {
        return request.id().orElseThrow();
    }

    private CompletableFuture<Reply> refused(Refusal refusal) {
        return single(refusal.message(id()));
    }

    private static CompletableFuture<Reply> single(Message message) {
        return CompletableFuture.completedFuture(new Reply.Single(message, ""));
    }
}
