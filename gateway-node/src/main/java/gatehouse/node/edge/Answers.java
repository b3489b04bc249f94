package gatehouse.node.edge;

import gatehouse.session.call.Answer;
import gatehouse.session.mcp.Id;
import gatehouse.session.mcp.Reading;
import gatehouse.session.mcp.Refusal;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/// Answers as HTTP carries them.
final class Answers {

    private static final ContentType.WithFixedCharset JSON = ContentTypes.APPLICATION_JSON;
    private static final ContentType EVENTS = MediaTypes.TEXT_EVENT_STREAM.toContentType();
    private static final RawHeader NO_SNIFFING = RawHeader.create("X-Content-Type-Options", "nosniff");
    private static final RawHeader NO_STORE = RawHeader.create("Cache-Control", "no-store");
    private static final RawHeader NO_CACHE = RawHeader.create("Cache-Control", "no-cache, no-transform");
    private static final RawHeader NO_BUFFERING = RawHeader.create("X-Accel-Buffering", "no");
    private static final RawHeader CHALLENGE = RawHeader.create("WWW-Authenticate", "Bearer realm=\"gatehouse\"");
    private static final RawHeader RETRY = RawHeader.create("Retry-After", "1");
    private static final ByteString EVENT = ByteString.fromString("event: message\n");
    private static final ByteString ID = ByteString.fromString("id: ");
    /// How long a client waits before it resumes: long enough for a node that restarts, short enough not to be
    /// noticed.
    private static final ByteString PRIMING = ByteString.fromString("retry: 1000\n");

    private static final ByteString DATA = ByteString.fromString("data: ");
    private static final ByteString LINE = ByteString.fromString("\n");
    private static final ByteString END = ByteString.fromString("\n\n");
    private static final ByteString COMMENT = ByteString.fromString(": \n\n");

    private final Duration keepAlive;

    Answers(Duration keepAlive) {
        this.keepAlive = keepAlive;
    }

    HttpResponse http(Answer answer) {
        return switch (answer) {
            case Answer.Single(var status, var message, var session) -> {
                var response = json(status, message.bytes());
                yield session.isEmpty() ? response : response.addHeader(RawHeader.create("Mcp-Session-Id", session));
            }
            case Answer.Streamed(var messages) -> stream(messages);
            case Answer.Accepted accepted -> HttpResponse.create().withStatus(StatusCodes.ACCEPTED);
            case Answer.Ended ended -> HttpResponse.create().withStatus(StatusCodes.NO_CONTENT);
            case Answer.Refused(var ids, var refusal) -> refused(ids, refusal);
        };
    }

    HttpResponse refused(Refusal refusal) {
        return refused(List.of(), refusal);
    }

    private static HttpResponse refused(List<Id> ids, Refusal refusal) {
        var message = ids.isEmpty() ? refusal.message() : refusal.message(ids.getFirst());
        var response = json(refusal.status(), message.bytes());
        return switch (refusal.status()) {
            case 401 -> response.addHeader(CHALLENGE);
            case 429, 503 -> response.addHeader(RETRY);
            default -> response;
        };
    }

    static HttpResponse json(int status, ByteString body) {
        return HttpResponse.create()
                .withStatus(StatusCodes.lookup(status).orElse(StatusCodes.BAD_GATEWAY))
                .addHeader(NO_STORE)
                .addHeader(NO_SNIFFING)
                .withEntity(HttpEntities.create(JSON, body));
    }

    HttpResponse malformed(Reading.Malformed malformed) {
        var refusal = Refusal.of(malformed.fault(), malformed.text());
        return refused(malformed.id().stream().toList(), refusal);
    }

    private HttpResponse stream(Source<Answer.Sent, NotUsed> messages) {
        return events(messages.map(Answers::event));
    }

    /// A stream of events as bytes.
    HttpResponse events(Source<ByteString, NotUsed> events) {
        var bytes = events.keepAlive(keepAlive, () -> COMMENT);
        return HttpResponse.create()
                .withStatus(StatusCodes.OK)
                .addHeader(NO_CACHE)
                .addHeader(NO_SNIFFING)
                .addHeader(NO_BUFFERING)
                .withEntity(HttpEntities.createChunked(EVENTS, bytes));
    }

    /// A message that cannot be resumed after.
    static ByteString message(ByteString message) {
        return EVENT.concat(DATA).concat(message).concat(END);
    }

    /// Where a client of HTTP+SSE is to send its messages.
    static ByteString endpoint(String address) {
        return ByteString.fromString("event: endpoint\n")
                .concat(DATA)
                .concat(ByteString.fromString(address))
                .concat(END);
    }

    /// An event without a message tells only its id and how to come back; clients take an empty `data` line for
    /// that.
    private static ByteString event(Answer.Sent sent) {
        var head = sent.message().isEmpty() ? PRIMING : EVENT;
        var id = sent.id().isEmpty()
                ? ByteString.emptyByteString()
                : ID.concat(ByteString.fromString(sent.id())).concat(LINE);
        return head.concat(id).concat(DATA).concat(sent.message()).concat(END);
    }
}
