package gatehouse.session.upstream;

import static gatehouse.session.upstream.Correlation.Tie.FOREIGN;

import gatehouse.session.mcp.Codec;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Reading;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/// Judges what an upstream answered: what is believed, what must be read first, what is refused.
final class Reception {

    /// What is to be done about an answer.
    sealed interface Taking {}

    /// An answer that is all there.
    sealed interface Taken extends Taking {
        Reply reply();
    }

    /// The connection may carry another turn.
    record Whole(Reply reply) implements Taken {}

    /// The connection is not to be used again.
    record Last(Reply reply) implements Taken {}

    /// The rest of the body is on its way.
    ///
    /// One that ends with its connection may have been cut short, and nothing tells: such an answer is taken if it
    /// is whole JSON, and held back otherwise.
    record Rest(Source<ByteString, ?> bytes, int limit, Function<Gathering.Gathered, Taken> then) implements Taking {}

    record Stream(Source<ByteString, ?> bytes, Expectation expectation, String session) implements Taking {}

    /// They speak of the gateway's own credential; to a client their words would sound as if they were about its
    /// own.
    private static final Set<Integer> OF_THIS_HOP = Set.of(401, 403, 407);

    private final Codec codec;
    private final EventStreams streams;
    private final UpstreamSettings.Bounds bounds;

    Reception(Codec codec, EventStreams streams, UpstreamSettings.Bounds bounds) {
        this.codec = codec;
        this.streams = streams;
        this.bounds = bounds;
    }

    Taking judge(Expectation expectation, HttpResponse response) {
        var session = header(response, "mcp-session-id");
        if (!session.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            return garbled("session id is not visible ASCII");
        }
        if (response.status().intValue() / 100 != 2) { // Pekko counts redirects as success
            return refused(expectation, response, session);
        }
        var coding = header(response, "content-encoding");
        if (!coding.isEmpty() && !coding.equalsIgnoreCase("identity")) {
            return garbled("answer is compressed, though it was asked not to be");
        }
        return succeeded(expectation, response, session);
    }

    Reply stream(Stream stream, Turn turn, Connection connection) {
        return new Reply.Streamed(streams.read(stream, turn, connection), stream.session());
    }

    private Taking succeeded(Expectation expectation, HttpResponse response, String session) {
        if (response.entity() instanceof HttpEntity.Strict strict
                && strict.getData().isEmpty()) {
            return expectation.mustStream() ? garbled("answer is no event stream") : new Whole(new Reply.Accepted());
        }
        if (isEvents(response) && expectation.kind() != Expectation.Kind.NOTHING) {
            return new Stream(response.entity().withoutSizeLimit().getDataBytes(), expectation, session);
        }
        return switch (expectation.kind()) {
            case NOTHING -> nothing(response, _ -> true);
            case EVENTS, SESSION -> garbled("answer is no event stream");
            case ANSWER ->
                is(response, "application", "json")
                        ? json(expectation, response, session)
                        : nothing(response, bytes -> isEmpty(bytes, response));
        };
    }

    /// A body of no use is read all the same if it is short: then the connection can carry another turn.
    private Taking nothing(HttpResponse response, Predicate<ByteString> fits) {
        return body(response, bounds.errorBody(), gathered -> switch (gathered) {
            case Gathering.Body(var bytes) when fits.test(bytes) -> new Whole(new Reply.Accepted());
            case Gathering.Body _, Gathering.Spoiled _ -> garbled("answer is neither JSON nor an event stream");
        });
    }

    /// Node ends an empty answer with an empty chunk, so only the end of the body tells.
    private static boolean isEmpty(ByteString bytes, HttpResponse response) {
        return response.status().intValue() == 202 || bytes.isEmpty();
    }

    private Taking json(Expectation expectation, HttpResponse response, String session) {
        return body(response, bounds.body(), gathered -> switch (gathered) {
            case Gathering.Body(var bytes) when bytes.isEmpty() -> new Whole(new Reply.Accepted());
            case Gathering.Body(var bytes) -> single(expectation, bytes, session);
            case Gathering.Spoiled(var fault) -> new Last(new Reply.Failed(fault));
        });
    }

    private Taken single(Expectation expectation, ByteString bytes, String session) {
        return switch (codec.fromUpstream(bytes)) {
            case Reading.Read(Message message) ->
                expectation.correlation().tie(message) == FOREIGN
                        ? garbled("answer belongs to no request of ours")
                        : new Whole(new Reply.Single(message, session));
            case Reading.Malformed malformed -> garbled(malformed.text());
        };
    }

    private Taking refused(Expectation expectation, HttpResponse response, String session) {
        var status = response.status().intValue();
        var bare = new Reply.Refused(status, List.of(), session);
        var empty = response.entity() instanceof HttpEntity.Strict strict
                && strict.getData().isEmpty();
        if (empty || !is(response, "application", "json")) {
            return response.entity().isStrict() ? new Whole(bare) : new Last(bare);
        }
        return body(response, bounds.errorBody(), gathered -> switch (gathered) {
            case Gathering.Body _ when OF_THIS_HOP.contains(status) -> new Whole(bare);
            case Gathering.Body(var bytes) -> new Whole(new Reply.Refused(status, error(expectation, bytes), session));
            case Gathering.Spoiled _ -> new Last(bare);
        });
    }

    private List<Message> error(Expectation expectation, ByteString bytes) {
        return codec.fromUpstream(bytes) instanceof Reading.Read(Message message)
                        && message.kind() == Message.Kind.ERROR
                        && expectation.correlation().tie(message) != FOREIGN
                ? List.of(message)
                : List.of();
    }

    private static Taking body(HttpResponse response, int limit, Function<Gathering.Gathered, Taken> then) {
        if (!(response.entity() instanceof HttpEntity.Strict strict)) {
            return new Rest(response.entity().withoutSizeLimit().getDataBytes(), limit, then);
        }
        return strict.getData().size() > limit
                ? then.apply(new Gathering.Spoiled(Fault.ANSWER_TOO_LARGE))
                : then.apply(new Gathering.Body(strict.getData()));
    }

    private static Last garbled(String reason) {
        return new Last(new Reply.Failed(Fault.garbled(reason)));
    }

    private static boolean isEvents(HttpResponse response) {
        return is(response, "text", "event-stream");
    }

    private static boolean is(HttpResponse response, String main, String sub) {
        var type = response.entity().getContentType().mediaType();
        return type.mainType().equalsIgnoreCase(main) && type.subType().equalsIgnoreCase(sub);
    }

    private static String header(HttpResponse response, String name) {
        return response.getHeader(name).map(HttpHeader::value).orElse("");
    }
}
