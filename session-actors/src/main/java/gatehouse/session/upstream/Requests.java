package gatehouse.session.upstream;

import gatehouse.session.upstream.dial.Locator;
import java.util.List;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/// Writes exchanges as HTTP requests to one upstream.
final class Requests {

    private static final HttpHeader IDENTITY = RawHeader.create("Accept-Encoding", "identity");
    private static final HttpHeader EVENTS = RawHeader.create("Accept", "text/event-stream");
    private static final HttpHeader EITHER = RawHeader.create("Accept", "application/json, text/event-stream");

    private static final HttpHeader VIA = raw(Hops.OWN);

    private final HttpRequest post;
    private final HttpRequest listen;
    private final HttpRequest delete;
    private final HttpRequest receipt;

    Requests(Locator locator) {
        post = HttpRequest.POST(locator.path())
                .addHeader(EITHER)
                .addHeader(IDENTITY)
                .addHeader(VIA);
        listen = HttpRequest.GET(locator.path())
                .addHeader(EVENTS)
                .addHeader(IDENTITY)
                .addHeader(VIA);
        receipt = post;
        delete = HttpRequest.DELETE(locator.path())
                .addHeader(EITHER)
                .addHeader(IDENTITY)
                .addHeader(VIA);
    }

    /// Opens the stream of an HTTP+SSE session.
    HttpRequest open() {
        return listen;
    }

    /// Sends a message to where such a session takes them. The session's id is part of the target, and ours
    /// is nobody else's business.
    HttpRequest receipt(String target, Outbound.Post post) {
        var headers =
                post.headers().stream().filter(header -> !header.namesSession()).toList();
        return with(receipt.withUri(target), headers)
                .withEntity(HttpEntities.create(
                        ContentTypes.APPLICATION_JSON, post.message().bytes()));
    }

    HttpRequest of(Outbound outbound) {
        return switch (outbound) {
            case Outbound.Post(var message, var headers, var deadline, var owner) ->
                with(post, headers).withEntity(HttpEntities.create(ContentTypes.APPLICATION_JSON, message.bytes()));
            case Outbound.Listen(var lastEventId, var headers, var owner) ->
                lastEventId.isEmpty()
                        ? with(listen, headers)
                        : with(listen, headers).addHeader(raw(new Header("Last-Event-ID", lastEventId)));
            case Outbound.Delete(var headers) -> with(delete, headers);
        };
    }

    private static HttpRequest with(HttpRequest request, List<Header> headers) {
        return request.addHeaders(
                headers.stream().filter(Header::mayTravel).map(Requests::raw).toList());
    }

    private static HttpHeader raw(Header header) {
        return RawHeader.create(header.name(), header.value());
    }
}
