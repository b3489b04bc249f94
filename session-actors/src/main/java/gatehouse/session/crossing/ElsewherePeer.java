package gatehouse.session.crossing;

import gatehouse.session.mcp.Dialect;
import gatehouse.session.mcp.Id;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Place;
import gatehouse.session.mcp.Refusal;
import gatehouse.session.upstream.Outbound;
import gatehouse.session.upstream.Peer;
import gatehouse.session.upstream.Reply;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Stands for an upstream that does not speak the client's era: says which revisions would be understood, so that a
/// client of both eras tries again in the other.
record ElsewherePeer(List<Dialect> spoken) implements Peer {

    @Override
    public CompletableFuture<Reply> send(Outbound outbound) {
        return CompletableFuture.completedFuture(
                switch (outbound) {
                    case Outbound.Post post
                    when post.message().kind() == Message.Kind.REQUEST ->
                        refused(post.message(), post.message().id().orElseThrow());
                    case Outbound.Post _, Outbound.Listen _, Outbound.Delete _ -> new Reply.Refused(400, List.of(), "");
                });
    }

    private Reply refused(Message request, Id id) {
        var requested = request.text(Place.META_PROTOCOL_VERSION)
                .or(() -> request.text(Place.PARAMS_PROTOCOL_VERSION))
                .orElse("");
        var refusal = Refusal.unsupportedVersion(requested, spoken);
        return new Reply.Refused(refusal.status(), List.of(refusal.message(id)), "");
    }
}
