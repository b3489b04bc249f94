package gatehouse.session.federation;

import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Place;
import gatehouse.session.upstream.Outbound;
import gatehouse.session.upstream.Peer;
import gatehouse.session.upstream.Reply;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Several upstreams as one peer of the modern era, for one principal on one route.
final class Federation implements Peer {

    private final Joint joint;
    private final Ports ports;

    /// What every joined route of this node shares.
    record Ports(
            JointLists lists,
            Carrying carrying,
            Discovery discovery,
            Listens listens,
            Stamp stamp,
            InstantSource clock) {}

    Federation(Joint joint, Ports ports) {
        this.joint = joint;
        this.ports = ports;
    }

    @Override
    public CompletableFuture<Reply> send(Outbound outbound) {
        return switch (outbound) {
            case Outbound.Post post ->
                switch (post.message().kind()) {
                    case REQUEST -> request(joint.serving(post.headers()), post);
                    // nobody says to whom it would belong
                    case NOTIFICATION, RESULT, ERROR -> CompletableFuture.completedFuture(new Reply.Accepted());
                };
            case Outbound.Listen _, Outbound.Delete _ ->
                CompletableFuture.completedFuture(new Reply.Refused(405, List.of(), ""));
        };
    }

    private CompletableFuture<Reply> request(Joint joint, Outbound.Post post) {
        var message = post.message();
        return switch (message.method()) {
            case "server/discover" ->
                ports.discovery().answer(joint, message.id().orElseThrow());
            case "tools/list", "prompts/list", "resources/list", "resources/templates/list" ->
                list(joint, message, ListKind.of(message.method()).orElseThrow());
            case "tools/call" -> ports.carrying().named(joint, post, ListKind.TOOLS);
            case "prompts/get" -> ports.carrying().named(joint, post, ListKind.PROMPTS);
            case "resources/read" -> ports.carrying().read(joint, post);
            case "completion/complete" -> ports.carrying().complete(joint, post);
            case "subscriptions/listen" -> ports.listens().open(joint, message);
            case "tasks/get", "tasks/update", "tasks/cancel" -> ports.carrying().task(joint, post);
            default -> Answering.noMethod(message.id().orElseThrow(), message.method());
        };
    }

    private CompletableFuture<Reply> list(Joint joint, Message request, ListKind kind) {
        return ports.lists().list(joint, kind).thenCompose(list -> page(request, kind, list));
    }

    private CompletableFuture<Reply> page(Message request, ListKind kind, JointList list) {
        var id = request.id().orElseThrow();
        if (!list.isOffered()) {
            return Answering.noMethod(id, kind.method());
        }
        var number = 0;
        if (request.has(Place.PARAMS_CURSOR)) {
            var cursors = new Cursors(ports.stamp(), joint.route().id(), kind);
            number = cursors.page(request.text(Place.PARAMS_CURSOR).orElse(""), list.version())
                    .orElse(-1);
        }
        return list.page(number, id, ports.clock().instant())
                .map(Answering::message)
                .orElseGet(() -> Answering.wrong(id, "cursor is none of this list, or the list has changed since"));
    }
}
