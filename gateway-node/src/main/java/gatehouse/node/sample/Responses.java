package gatehouse.node.sample;

import java.time.Duration;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/// Messages as HTTP carries them: one as JSON, several as an event stream.
final class Responses {
    private static final ByteString NOTHING_NEW = ByteString.fromString(":\n\n");
    private static final Duration SILENCE = Duration.ofSeconds(10); // shorter than anybody's idle timeout

    private Responses() {}

    static HttpResponse json(int status, Message message) {
        var body = message.json().toString();
        return HttpResponse.create()
                .withStatus(status)
                .withEntity(HttpEntities.create(ContentTypes.APPLICATION_JSON, ByteString.fromString(body)));
    }

    static HttpResponse events(Source<Message, NotUsed> messages) {
        var bytes = messages.map(Responses::event).keepAlive(SILENCE, () -> NOTHING_NEW);
        return HttpResponse.create()
                .addHeader(RawHeader.create("Cache-Control", "no-cache, no-transform"))
                .addHeader(RawHeader.create("X-Accel-Buffering", "no"))
                .withEntity(HttpEntities.createChunked(MediaTypes.TEXT_EVENT_STREAM.toContentType(), bytes));
    }

    static HttpResponse empty(int status) {
        return HttpResponse.create().withStatus(status);
    }

    private static ByteString event(Message message) {
        return ByteString.fromString("event: message\ndata: " + message.json() + "\n\n");
    }
}
