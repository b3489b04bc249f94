package gatehouse.session.crossing.legacy;

import static gatehouse.session.upstream.Upstreaming.at;
import static gatehouse.session.upstream.Upstreaming.got;

import gatehouse.config.catalogue.Course;
import gatehouse.session.fake.Arrival;
import gatehouse.session.fake.FakeUpstream;
import gatehouse.session.lifecycle.Session;
import gatehouse.session.mcp.Id;
import gatehouse.session.mcp.Message;
import gatehouse.session.upstream.Event;
import gatehouse.session.upstream.Header;
import gatehouse.session.upstream.Outbound;
import gatehouse.session.upstream.Peer;
import gatehouse.session.upstream.Reply;
import gatehouse.session.upstream.Upstreaming;
import gatehouse.session.upstream.Upstreams;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.SinkQueueWithCancel;

/// Faces before a modern upstream that does what a test tells it to.
final class Stand implements AutoCloseable {

    static final Id ID = new Id.Text("call");

    final FakeUpstream upstream = FakeUpstream.modern();
    private final ActorSystem<?> system;
    private final Upstreams upstreams;
    final LegacyFaces faces;

    Stand(ActorSystem<?> system, String... settings) {
        this.system = system;
        this.upstreams = new Upstreams(system, Upstreaming.settings());
        this.faces = new LegacyFaces(system, Fronting.settings(settings), 2, Fronting.seal(), () -> Fronting.NOW);
    }

    Peer face(Session session) {
        var declared = at(upstream.url());
        return faces.of(Course.to(declared), upstreams.client(declared), session.principal(), session);
    }

    static Outbound.Post post(String method, String params, Header... headers) {
        return new Outbound.Post(Message.request(ID, method, params), List.of(headers), Duration.ofSeconds(5));
    }

    static Outbound.Post call(String arguments) {
        return post("tools/call", "{\"name\":\"tool\",\"arguments\":" + arguments + "}");
    }

    static Outbound.Post answer(Message question, String result) {
        return new Outbound.Post(Message.result(question.id().orElseThrow(), result), List.of(), Duration.ofSeconds(5));
    }

    static Message single(Reply reply) {
        if (reply instanceof Reply.Single(var message, var session)) {
            return message;
        }
        throw new AssertionError(reply);
    }

    /// Reads a stream message by message.
    SinkQueueWithCancel<Message> open(Reply reply) {
        if (reply instanceof Reply.Streamed(var events, var session)) {
            return events.mapConcat(Event::message).runWith(Sink.queue(1), system);
        }
        throw new AssertionError(reply);
    }

    static Message next(SinkQueueWithCancel<Message> stream) {
        return got(stream.pull().toCompletableFuture()).orElseThrow();
    }

    static boolean ended(SinkQueueWithCancel<Message> stream) {
        return got(stream.pull().toCompletableFuture()).isEmpty();
    }

    List<Arrival> arrivals(String method) {
        return upstream.arrivals().stream()
                .filter(arrival -> arrival.key().equals(method))
                .toList();
    }

    @Override
    public void close() {
        upstreams.close();
        upstream.close();
    }
}
