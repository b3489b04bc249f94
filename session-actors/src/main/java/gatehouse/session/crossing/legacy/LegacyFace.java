package gatehouse.session.crossing.legacy;

import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Place;
import gatehouse.session.upstream.Chain;
import gatehouse.session.upstream.Event;
import gatehouse.session.upstream.Evidence;
import gatehouse.session.upstream.Outbound;
import gatehouse.session.upstream.Peer;
import gatehouse.session.upstream.Reply;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.pekko.util.ByteString;

/// Shows one session a modern upstream as if it were a legacy one.
///
/// It holds nothing: what it needs to know stands in the session, so it is the same on any node and after any restart.
final class LegacyFace implements Peer {

    /// What this hop answers: the modern era has no sessions that could be told.
    private static final Set<String> OURS = Set.of("ping", "logging/setLevel", "resources/unsubscribe");

    /// What only the modern era has.
    private static final Set<String> ELSEWHERE = Set.of("server/discover", "subscriptions/listen", "tasks/update");

    private final View view;

    LegacyFace(View view) {
        this.view = view;
    }

    @Override
    public CompletableFuture<Reply> send(Outbound outbound) {
        return switch (outbound) {
            case Outbound.Post post ->
                switch (post.message().kind()) {
                    case REQUEST -> request(post);
                    case NOTIFICATION -> now(new Reply.Accepted());
                    case RESULT, ERROR -> {
                        view.shared().room().answer(post.message());
                        yield now(new Reply.Accepted());
                    }
                };
            case Outbound.Listen listen -> new Hearsay(view, listen.owner()).open();
            case Outbound.Delete delete -> now(new Reply.Accepted());
        };
    }

    private CompletableFuture<Reply> request(Outbound.Post post) {
        var message = post.message();
        var method = message.method();
        if (OURS.contains(method)) {
            return now(new Reply.Single(Message.result(message.id().orElseThrow(), "{}"), ""));
        }
        if (ELSEWHERE.contains(method)) {
            return now(new Reply.Single(
                    Trouble.unknownMethod(method).message(message.id().orElseThrow()), ""));
        }
        return switch (method) {
            case "initialize" -> greet(post);
            case "resources/subscribe" -> subscribe(message);
            case "tools/list" -> withTasks(tasks -> list(post, tasks));
            case "tools/call" ->
                message.has(Place.PARAMS_TASK)
                        ? withTasks(tasks -> tasks ? new Tasks(view, post).call() : new Rounds(view, post).begin())
                        : new Rounds(view, post).begin();
            case "tasks/get" -> task(post, Tasks::get);
            case "tasks/result" -> task(post, Tasks::result);
            case "tasks/cancel" -> task(post, Tasks::cancel);
            default -> new Rounds(view, post).begin();
        };
    }

    /// Whether both sides have tasks, each in its own way. Where that cannot be found out, they have not.
    private CompletableFuture<Reply> withTasks(Function<Boolean, CompletableFuture<Reply>> then) {
        return view.client().knowsTasks()
                ? Chain.after(
                        view.shared()
                                .learning()
                                .support(view)
                                .handle((support, failure) -> failure == null && support.tasks()),
                        then)
                : then.apply(false);
    }

    private CompletableFuture<Reply> task(Outbound.Post post, Function<Tasks, CompletableFuture<Reply>> then) {
        var message = post.message();
        return withTasks(tasks -> tasks
                ? then.apply(new Tasks(view, post))
                : now(new Reply.Single(
                        Trouble.unknownMethod(message.method())
                                .message(message.id().orElseThrow()),
                        "")));
    }

    private CompletableFuture<Reply> list(Outbound.Post post, boolean tasks) {
        return Chain.first(new Rounds(view, post).begin(), reply -> now(tools(reply, tasks)));
    }

    private CompletableFuture<Reply> greet(Outbound.Post post) {
        var message = post.message();
        var client = Client.of(
                message.text(Place.PARAMS_PROTOCOL_VERSION).orElse(""),
                message.raw(Place.PARAMS).map(ByteString::utf8String).orElse("{}"));
        var id = message.id().orElseThrow();
        var discover = client.enveloped(Greeting.asked(message), id, "", false);
        return Chain.first(
                new Outgoing(view.as(client), discover, post).send(),
                reply -> Whole.of(reply, view.shared().system()).thenApply(whole -> switch (whole) {
                    case Reply.Single(var answer, var session) -> Greeting.answered(client.dialect(), answer);
                    case Reply.Refused(var status, var body, var session)
                    when !body.isEmpty() && !Evidence.deniesModern(whole) ->
                        new Reply.Single(
                                Results.of("server/discover", body.getFirst()).withId(id), "");
                    case Reply.Refused _, Reply.Failed _, Reply.Accepted _, Reply.Streamed _ -> whole;
                }));
    }

    /// The session remembers it, and its stream is renewed. Where the upstream cannot be asked right now, it is
    /// granted: it
    /// will be asked for once the upstream can be.
    private CompletableFuture<Reply> subscribe(Message message) {
        var id = message.id().orElseThrow();
        return Chain.after(
                view.shared().learning().support(view).handle((support, failure) -> Optional.ofNullable(support)),
                support -> {
                    if (!support.map(Support::subscribable).orElse(true)) {
                        return now(new Reply.Single(
                                Trouble.unknownMethod(message.method()).message(id), ""));
                    }
                    var most = view.shared().subscriptions();
                    var full = view.subscriptions().size() >= most
                            && !view.subscriptions()
                                    .containsKey(message.text(Place.PARAMS_URI).orElse(""));
                    return now(new Reply.Single(
                            full ? Trouble.tooManySubscriptions(most).message(id) : Message.result(id, "{}"), ""));
                });
    }

    private static Reply tools(Reply reply, boolean tasks) {
        return switch (reply) {
            case Reply.Single(var answer, var session) -> new Reply.Single(ToolList.shown(answer, tasks), session);
            case Reply.Streamed(var events, var session) ->
                new Reply.Streamed(
                        events.map(event -> new Event(
                                event.id(),
                                event.retryMillis(),
                                event.message().stream()
                                        .map(message -> ToolList.shown(message, tasks))
                                        .toList())),
                        session);
            case Reply.Refused _, Reply.Failed _, Reply.Accepted _ -> reply;
        };
    }

    private static CompletableFuture<Reply> now(Reply reply) {
        return CompletableFuture.completedFuture(reply);
    }
}
