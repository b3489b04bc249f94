package gatehouse.session.federation;

import static gatehouse.session.upstream.Upstreaming.got;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.config.catalogue.Upstream;
import gatehouse.session.mcp.Id;
import gatehouse.session.mcp.Message;
import gatehouse.session.upstream.Broken;
import gatehouse.session.upstream.Event;
import gatehouse.session.upstream.Fault;
import gatehouse.session.upstream.Outbound;
import gatehouse.session.upstream.Reply;
import gatehouse.session.upstream.Upstreaming;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class HeardTest {

    private static final ActorTestKit KIT = Upstreaming.kit();
    private static final Upstream UP = Upstreaming.at(URI.create("http://127.0.0.1:1/mcp"));
    private static final Id ID = new Id.Number(1);
    private static final Message ANSWER = Message.result(ID, "{}");
    private static final Duration LONG = Duration.ofMinutes(5);

    private final List<String> said = new CopyOnWriteArrayList<>();

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    private CompletableFuture<Reply> ask(CompletableFuture<Reply> reply, String method, Duration deadline) {
        Ear ear = (upstream, fault) -> said.add(upstream.value() + ": " + fault.reason());
        return new Heard(outbound -> reply, UP, ear)
                .send(new Outbound.Post(Message.request(ID, method, "{}"), List.of(), deadline));
    }

    private List<String> saidOf(Reply reply) {
        var judged = got(ask(CompletableFuture.completedFuture(reply), "tools/call", LONG));
        if (judged instanceof Reply.Streamed(var events, var session)) {
            got(events.runWith(Sink.ignore(), KIT.system())
                    .toCompletableFuture()
                    .exceptionally(broken -> org.apache.pekko.Done.getInstance()));
        }
        return said;
    }

    private static Reply streamed(Source<Event, NotUsed> events) {
        return new Reply.Streamed(events, "");
    }

    private static Source<Event, NotUsed> events(Message... messages) {
        return Source.from(List.of(messages)).map(message -> new Event("", -1, List.of(message)));
    }

    private static String told(String reason) {
        return UP.id().value() + ": " + reason;
    }

    @Test
    void whoever_fails_is_named() {
        assertThat(saidOf(new Reply.Failed(Fault.notSent("connection refused"))))
                .containsExactly(told("connection refused"));
    }

    @Test
    void a_refusal_without_a_word_and_no_answer_at_all_count_as_failures() {
        saidOf(new Reply.Refused(503, List.of(), ""));

        assertThat(saidOf(new Reply.Accepted()))
                .containsExactly(told("refused with HTTP 503"), told("accepted a request without an answer"));
    }

    @Test
    void an_answer_is_none_whatever_it_says() {
        saidOf(new Reply.Single(ANSWER, ""));
        saidOf(new Reply.Refused(404, List.of(Message.error(ID, -32601, "no")), ""));

        assertThat(saidOf(streamed(events(Message.notification("x", "{}"), ANSWER))))
                .isEmpty();
    }

    @Test
    void a_stream_that_ends_or_breaks_before_the_answer_is_told_once() {
        saidOf(streamed(events(Message.notification("x", "{}"))));

        assertThat(saidOf(streamed(events(Message.notification("x", "{}"))
                        .concat(Source.failed(new Broken(Fault.unknown("upstream hung up")))))))
                .containsExactly(told("ended its stream before the answer"), told("upstream hung up"));
    }

    @Test
    void a_stream_that_somebody_listens_to_may_end() {
        var listening = ask(CompletableFuture.completedFuture(streamed(events())), "subscriptions/listen", LONG);

        got(((Reply.Streamed) got(listening))
                .events()
                .runWith(Sink.ignore(), KIT.system())
                .toCompletableFuture());

        assertThat(said).isEmpty();
    }

    @Test
    void a_client_that_leaves_is_no_failure_but_a_deadline_is() {
        var sent = new CompletableFuture<Reply>();
        ask(sent, "tools/call", LONG).cancel(true);
        assertThat(sent).isCancelled();
        assertThat(said).isEmpty();

        ask(new CompletableFuture<>(), "tools/call", Duration.ZERO).cancel(true);
        assertThat(said).containsExactly(told("did not answer in time"));
    }
}
