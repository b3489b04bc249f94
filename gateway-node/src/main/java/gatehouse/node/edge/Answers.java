package gatehouse.node.edge;

import gatehouse.policy.rate.Load;
import gatehouse.policy.verdict.Denial;
import gatehouse.session.call.Answer;
import gatehouse.session.call.Held;
import gatehouse.session.mcp.Id;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Reading;
import gatehouse.session.mcp.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.ResponseEntity;
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
    private static final ByteString COMMA = ByteString.fromString(",");
    private static final ByteString COMMENT = ByteString.fromString(": \n\n");

    private final ActorSystem<?> system;
    private final Duration keepAlive;
    private final IntConsumer refusals;

    /// @param refusals hears the status of each
    Answers(ActorSystem<?> system, Duration keepAlive, IntConsumer refusals) {
        this.refusals = refusals;
        this.system = system;
        this.keepAlive = keepAlive;
    }

    /// @param ids the id of the request that is answered, if it has one
    /// @param room for what the client does not read at once; given back when it has, if the answer is no strict
    /// entity
    HttpResponse http(Answer answer, List<Id> ids, Load room) {
        return switch (answer) {
            case Answer.Single(var status, var message, var session) -> {
                var response = single(status, message.bytes(), ids, room);
                yield session.isEmpty() ? response : response.addHeader(RawHeader.create("Mcp-Session-Id", session));
            }
            case Answer.Streamed(var messages) -> stream(messages, room, denial -> Optional.empty());
            case Answer.Accepted accepted -> HttpResponse.create().withStatus(StatusCodes.ACCEPTED);
            case Answer.Ended ended -> HttpResponse.create().withStatus(StatusCodes.NO_CONTENT);
            case Answer.Refused(var refused, var refusal) -> refused(refused, refusal);
        };
    }

    /// The same for an answer that is small.
    HttpResponse http(Answer answer) {
        return http(answer, List.of(), Load.none());
    }

    HttpResponse refused(Refusal refusal) {
        return refused(List.of(), refusal);
    }

    private HttpResponse refused(List<Id> ids, Refusal refusal) {
        refusals.accept(refusal.status());
        var message = ids.isEmpty() ? refusal.message() : refusal.message(ids.getFirst());
        var response = json(refusal.status(), message.bytes());
        return switch (refusal.status()) {
            case 401 -> response.addHeader(CHALLENGE);
            case 429, 503 -> response.addHeader(RETRY);
            default -> response;
        };
    }

    private HttpResponse single(int status, ByteString body, List<Id> ids, Load room) {
        if (body.size() <= Load.SMALL) {
            return json(status, body);
        }
        var denial = room.hold(body.size());
        if (denial.isPresent()) {
            return refused(ids, Refusal.noRoom(denial.get()));
        }
        var slices = Source.single(body).via(new Slices(room, never -> Optional.empty()));
        return json(status, HttpEntities.create(JSON, body.size(), Held.until(slices, room::giveBack, system)));
    }

    /// The answers to a batch.
    ///
    /// @param room where those of them that are large are counted already; given back when the client has read, if
    /// the
    /// answer is no strict entity
    HttpResponse array(List<ByteString> messages, Load room) {
        var body = ByteString.fromString("[");
        for (var message : messages) {
            body = body.size() == 1 ? body.concat(message) : body.concat(COMMA).concat(message);
        }
        body = body.concat(ByteString.fromString("]"));
        if (body.size() <= Load.SMALL) {
            return json(200, body);
        }
        var slices = Source.single(body).via(new Slices(Load.none(), never -> Optional.empty()));
        return json(200, HttpEntities.create(JSON, body.size(), Held.until(slices, room::giveBack, system)));
    }

    static HttpResponse json(int status, ByteString body) {
        return json(status, HttpEntities.create(JSON, body));
    }

    private static HttpResponse json(int status, ResponseEntity entity) {
        return HttpResponse.create()
                .withStatus(StatusCodes.lookup(status).orElse(StatusCodes.BAD_GATEWAY))
                .addHeader(NO_STORE)
                .addHeader(NO_SNIFFING)
                .withEntity(entity);
    }

    HttpResponse malformed(Reading.Malformed malformed) {
        var refusal = Refusal.of(malformed.fault(), malformed.text());
        return refused(malformed.id().stream().toList(), refusal);
    }

    /// @param room for the message that is being written; given back when the stream ends
    /// @param lastWords what to end with where there is none
    HttpResponse stream(
            Source<Answer.Sent, NotUsed> messages, Load room, Function<Denial, Optional<Message>> lastWords) {
        return events(
                messages.map(Answers::event),
                room,
                denial -> lastWords.apply(denial).map(message -> message(message.bytes())));
    }

    /// A stream of events as bytes.
    ///
    /// @param room for the one that is being written; given back when the stream ends
    /// @param lastWords the event to end with where there is no room
    HttpResponse events(
            Source<ByteString, NotUsed> events, Load room, Function<Denial, Optional<ByteString>> lastWords) {
        var bytes = events.keepAlive(keepAlive, () -> COMMENT).via(new Slices(room, lastWords));
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
