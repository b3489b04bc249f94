package gatehouse.session.crossing.legacy;

import gatehouse.session.crossing.legacy.Annotations.Annotation;
import gatehouse.session.mcp.Codes;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Mirrors;
import gatehouse.session.mcp.Place;
import gatehouse.session.upstream.Chain;
import gatehouse.session.upstream.Header;
import gatehouse.session.upstream.Hops;
import gatehouse.session.upstream.Outbound;
import gatehouse.session.upstream.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.util.ByteString;

/// Requests as a modern upstream wants them over HTTP: with headers that repeat the body, arguments of tools among
/// them.
///
/// Which arguments only the upstream knows. What was learnt of it may be too old: then it refuses the headers, has done
/// nothing, and is asked once more.
///
/// @param asked what the client sent, which this is sent for: as long, for the same owner, after as many hops
record Outgoing(View view, Message request, Outbound.Post asked) {

    CompletableFuture<Reply> send() {
        return request.method().equals("tools/call") ? call(true) : send(List.of());
    }

    private CompletableFuture<Reply> call(boolean again) {
        var learning = view.shared().learning();
        return Chain.after(
                learning.annotations(view).exceptionally(failure -> Map.of()),
                annotations -> again
                        ? Chain.first(send(repeated(annotations)), reply -> {
                            if (!mismatched(reply)) {
                                return CompletableFuture.completedFuture(reply);
                            }
                            learning.doubt(view.whose(), annotations);
                            return call(false);
                        })
                        : send(repeated(annotations)));
    }

    private List<Header> repeated(Map<String, List<Annotation>> annotations) {
        var tool = request.text(Place.PARAMS_NAME).orElse("");
        var arguments =
                request.raw(Place.PARAMS_ARGUMENTS).map(ByteString::utf8String).orElse("{}");
        return Annotations.headers(annotations.getOrDefault(tool, List.of()), arguments);
    }

    private CompletableFuture<Reply> send(List<Header> more) {
        var headers = new ArrayList<>(more);
        Mirrors.headers(request).forEach((name, value) -> headers.add(new Header(name, value)));
        headers.addAll(Hops.among(asked.headers()));
        return view.peer().send(new Outbound.Post(request, headers, asked.deadline(), asked.owner()));
    }

    private static boolean mismatched(Reply reply) {
        return reply instanceof Reply.Refused(var status, var body, var session)
                && body.stream().anyMatch(error -> Results.code(error) == Codes.HEADER_MISMATCH);
    }
}
