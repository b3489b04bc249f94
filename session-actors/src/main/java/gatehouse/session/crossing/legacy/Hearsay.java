package gatehouse.session.crossing.legacy;

import gatehouse.session.mcp.Json;
import gatehouse.session.mcp.Members;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Place;
import gatehouse.session.upstream.Chain;
import gatehouse.session.upstream.Event;
import gatehouse.session.upstream.Evidence;
import gatehouse.session.upstream.Fault;
import gatehouse.session.upstream.Outbound;
import gatehouse.session.upstream.Reply;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;

/// What a modern upstream says by itself, for a session's own stream: it is asked for everything the session may hear,
/// and nothing is heard before the upstream has said that it listens.
final class Hearsay {

    private static final String ACKNOWLEDGED = "notifications/subscriptions/acknowledged";
    private static final String TOOLS_CHANGED = "notifications/tools/list_changed";

    /// There is nothing to hear. It is not refused: that would say that the upstream knows nothing of this era.
    private static final Reply NOTHING = new Reply.Accepted();

    private final View view;
    private final String owner;

    /// @param owner on whose behalf
    Hearsay(View view, String owner) {
        this.view = view;
        this.owner = owner;
    }

    CompletableFuture<Reply> open() {
        return Chain.after(
                view.shared().learning().support(view).handle((support, failure) -> Optional.ofNullable(support)),
                support -> support.map(this::listen)
                        .orElseGet(() -> now(new Reply.Failed(Fault.notSent("what it offers is not known")))));
    }

    private CompletableFuture<Reply> listen(Support support) {
        var wanted = wanted(support);
        if (wanted.isEmpty()) {
            return now(NOTHING);
        }
        var id = Fresh.id();
        var request = view.client()
                .enveloped(
                        Message.request(id, "subscriptions/listen", "{\"notifications\":" + Members.json(wanted) + "}"),
                        id,
                        "",
                        false);
        var patience = view.shared().settings().acknowledge();
        var post = new Outbound.Post(request, List.of(), patience, owner);
        return Chain.first(new Outgoing(view, request, post).send(), reply -> switch (reply) {
            case Reply.Streamed(var events, var session) -> acknowledged(events);
            case Reply.Refused refused when Evidence.deniesModern(refused) -> now(reply);
            case Reply.Refused(var status, var body, var session) ->
                now(body.isEmpty() ? new Reply.Failed(Fault.notSent("HTTP " + status)) : NOTHING);
            case Reply.Single _, Reply.Accepted _ -> now(NOTHING);
            case Reply.Failed failed -> now(failed);
        });
    }

    private Map<String, String> wanted(Support support) {
        var wanted = new LinkedHashMap<String, String>();
        support.changed().forEach(list -> wanted.put(list + "ListChanged", "true"));
        if (support.subscribable() && !view.subscriptions().isEmpty()) {
            var uris = new TreeSet<>(view.subscriptions().keySet());
            wanted.put(
                    "resourceSubscriptions",
                    Members.json(uris.stream().map(Json::quote).toList()));
        }
        return wanted;
    }

    /// The stream counts as open once the upstream has said what it will notify of.
    private CompletableFuture<Reply> acknowledged(Source<Event, NotUsed> events) {
        return events.mapConcat(Event::message)
                .initialTimeout(view.shared().settings().acknowledge()) // an event without a message says nothing
                .prefixAndTail(1)
                .runWith(Sink.head(), view.shared().system())
                .thenApply(heard -> heard.first().stream().allMatch(this::isNotification)
                        ? new Reply.Streamed(heard(Source.from(heard.first()).concat(heard.second())), "")
                        : NOTHING)
                .exceptionally(broken -> new Reply.Failed(Fault.tooSlow("nothing was acknowledged")))
                .toCompletableFuture();
    }

    private Source<Event, NotUsed> heard(Source<Message, NotUsed> messages) {
        return messages.filter(this::isNotification)
                .filter(message -> !message.method().equals(ACKNOWLEDGED))
                .map(this::plain);
    }

    private Event plain(Message notification) {
        if (notification.method().equals(TOOLS_CHANGED)) {
            view.shared().learning().forgetAnnotations(view.whose());
        }
        var meta = Members.of(notification, Place.PARAMS_META);
        var plain = meta.size() == 1 && meta.containsKey(Place.META_SUBSCRIPTION_ID.field())
                ? notification.without(Place.PARAMS_META)
                : notification.without(Place.META_SUBSCRIPTION_ID);
        return new Event("", -1, List.of(plain));
    }

    private boolean isNotification(Message message) {
        return message.kind() == Message.Kind.NOTIFICATION;
    }

    private static CompletableFuture<Reply> now(Reply reply) {
        return CompletableFuture.completedFuture(reply);
    }
}
