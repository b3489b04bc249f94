package gatehouse.session.federation;

import gatehouse.config.catalogue.Course;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Place;
import gatehouse.session.mcp.Texts;
import gatehouse.session.upstream.Event;
import gatehouse.session.upstream.Reply;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/// Puts what a member answers into the route's words: URIs, task ids, the state of an interrupted request. Everything
/// else stays as it came.
final class Relabel {

    static final Texts ANSWER = Texts.at(
            "result.taskId",
            "result.content.*.uri",
            "result.content.*.resource.uri",
            "result.contents.*.uri",
            "result.messages.*.content.uri",
            "result.messages.*.content.resource.uri",
            "result.messages.*.content.*.uri",
            "result.messages.*.content.*.resource.uri",
            "result._meta.ui.resourceUri",
            "result._meta.ui/resourceUri",
            "result.result.content.*.uri",
            "result.result.content.*.resource.uri",
            "result.result._meta.ui.resourceUri",
            "params.taskId",
            "params.uri",
            "params.result.content.*.uri",
            "params.result.content.*.resource.uri",
            "error.data.uri");

    private final Marks marks;
    private final Course.Member member;
    private final Optional<Asked> asked;
    private final Supplier<CompletableFuture<UriTable>> uris;

    /// The URI a request was about: as the client calls it, and as the member does.
    record Asked(String shown, String own) {}

    Relabel(Marks marks, Course.Member member, Optional<Asked> asked, Supplier<CompletableFuture<UriTable>> uris) {
        this.marks = marks;
        this.member = member;
        this.asked = asked;
        this.uris = uris;
    }

    CompletableFuture<Reply> reply(Reply reply) {
        return switch (reply) {
            case Reply.Single(var message, var session) ->
                message(message).thenApply(shown -> new Reply.Single(shown, session));
            case Reply.Streamed(var events, var session) ->
                done(new Reply.Streamed(events.mapAsync(1, this::event), session));
            case Reply.Refused(var status, var body, var session) ->
                body.isEmpty()
                        ? done(reply)
                        : message(body.getFirst())
                                .thenApply(shown -> new Reply.Refused(status, List.of(shown), session));
            case Reply.Accepted accepted -> done(accepted);
            case Reply.Failed failed -> done(failed);
        };
    }

    private CompletionStage<Event> event(Event event) {
        return event.message().isEmpty()
                ? CompletableFuture.completedFuture(event)
                : message(event.message().getFirst())
                        .thenApply(shown -> new Event(event.id(), event.retryMillis(), List.of(shown)));
    }

    private CompletableFuture<Message> message(Message message) {
        return switch (message.kind()) {
            case NOTIFICATION, REQUEST -> CompletableFuture.completedFuture(message);
            case RESULT, ERROR ->
                message.texts(ANSWER).isEmpty()
                        ? CompletableFuture.completedFuture(state(message))
                        : uris.get().thenApply(table -> state(renamed(message, table)));
        };
    }

    /// The same in any message of the member's whose URIs can be looked up.
    Message renamed(Message message, UriTable table) {
        var isTask = message.kind() == Message.Kind.NOTIFICATION
                || message.text(Place.RESULT_TYPE).filter("task"::equals).isPresent()
                || message.has(Place.RESULT_STATUS);
        return message.with(ANSWER, (path, text) -> {
            if (path.endsWith("taskId")) {
                return isTask ? marks.shownTask(member, text) : text;
            }
            return asked.filter(uri -> uri.own().equals(text))
                    .map(Asked::shown)
                    .orElseGet(() -> table.shown(member.alias(), text));
        });
    }

    private Message state(Message message) {
        return message.text(Place.RESULT_REQUEST_STATE)
                .map(state -> message.withText(Place.RESULT_REQUEST_STATE, Marks.shownState(member, state)))
                .orElse(message);
    }

    private static CompletableFuture<Reply> done(Reply reply) {
        return CompletableFuture.completedFuture(reply);
    }
}
