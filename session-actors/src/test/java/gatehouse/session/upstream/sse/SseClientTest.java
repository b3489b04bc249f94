package gatehouse.session.upstream.sse;

import static gatehouse.session.upstream.Upstreaming.at;
import static gatehouse.session.upstream.Upstreaming.call;
import static gatehouse.session.upstream.Upstreaming.got;
import static gatehouse.session.upstream.sse.SseSaying.headers;
import static gatehouse.session.upstream.sse.SseSaying.in;
import static gatehouse.session.upstream.sse.SseSaying.initialize;
import static gatehouse.session.upstream.sse.SseSaying.kind;
import static gatehouse.session.upstream.sse.SseSaying.list;
import static gatehouse.session.upstream.sse.SseSaying.progressing;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.session.fake.FakeSse;
import gatehouse.session.fake.FakeUpstream;
import gatehouse.session.fake.Script;
import gatehouse.session.fake.Step;
import gatehouse.session.mcp.Id;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Place;
import gatehouse.session.upstream.Event;
import gatehouse.session.upstream.Fault;
import gatehouse.session.upstream.Outbound;
import gatehouse.session.upstream.Reply;
import gatehouse.session.upstream.Upstreaming;
import gatehouse.session.upstream.Upstreams;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.javadsl.Sink;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What is said in HTTP+SSE sessions, and whose it is.
class SseClientTest {

    private static final ActorTestKit KIT = Upstreaming.kit();
    private static final String LOG =
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{\"level\":\"info\",\"data\":1}}";
    private static final String QUESTION =
            "{\"jsonrpc\":\"2.0\",\"id\":77,\"method\":\"elicitation/create\",\"params\":{}}";
    private static final String UPDATED =
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/resources/updated\",\"params\":{\"uri\":\"%s\"}}";
    private static final String CHANGED = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}";
    private static final String PROGRESS = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\","
            + "\"params\":{\"progressToken\":%s,\"progress\":1}}";

    private final FakeUpstream upstream = FakeUpstream.start();
    private final FakeSse sse = FakeSse.at(upstream);
    private final Upstreams upstreams = SseSaying.upstreams(KIT.system(), "backlog = 2, unread = 2, calls = 3");
    private final SseClient client = new SseClient(upstreams.line(at(upstream.url())));

    @AfterEach
    void close() throws Exception {
        client.close();
        upstreams.close();
        upstream.awaitOpen(0);
        upstream.close();
        assertThat(client.sessions()).isZero();
    }

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    @Test
    void calls_at_once_get_their_own_answers_in_any_order() {
        var session = open();
        sse.on("tools/call", arrival -> List.of());
        var one = client.send(in(session, call(1)));
        var two = client.send(in(session, call(2)));
        awaitArrivals("tools/call", 2);

        sse.say(Step.event("{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{\"n\":2}}"));
        sse.say(Step.event("{\"jsonrpc\":\"2.0\",\"id\":9,\"result\":{}}"));
        sse.say(Step.event("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"n\":1}}"));

        assertThat(((Reply.Single) got(two)).message().id()).contains(new Id.Number(2));
        assertThat(((Reply.Single) got(one)).message().id()).contains(new Id.Number(1));
    }

    @Test
    void what_happens_during_a_call_is_part_of_it() {
        var session = open();
        sse.on("tools/call", arrival -> List.of(Step.event(PROGRESS.formatted("\"t\"")), Step.event(QUESTION)));
        sse.on("POST", arrival -> List.of(Step.event("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}")));
        var events = read(client.send(in(session, progressing(1, "\"t\""))));

        var answer = in(
                session, new Outbound.Post(Message.result(new Id.Number(77), "{}"), List.of(), Duration.ofSeconds(5)));
        awaitArrivals("tools/call", 1);
        assertThat(got(client.send(answer))).isEqualTo(new Reply.Accepted());

        assertThat(methods(events)).containsExactly("notifications/progress", "elicitation/create", "");
    }

    @Test
    void with_several_calls_under_way_a_question_is_put_to_nobody_and_what_else_may_be_anybodys_is_dropped()
            throws Exception {
        var session = open();
        sse.on("tools/call", arrival -> List.of());
        var victim = client.send(in(session, call(1)));
        var stranger = client.send(in(session, call(2)));
        awaitArrivals("tools/call", 2);

        sse.say(Step.event(LOG));
        sse.say(Step.event(
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":77}}"));
        sse.say(Step.event(QUESTION));
        assertThat(upstream.next().body()).contains("\"id\":77").contains("it cannot be told whose question this is");
        sse.say(Step.event("{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"ping\"}"));
        assertThat(upstream.next().body()).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":5,\"result\":{}}");
        sse.say(Step.event("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}"));
        sse.say(Step.event("{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{}}"));

        assertThat(got(victim)).isInstanceOf(Reply.Single.class);
        assertThat(got(stranger)).isInstanceOf(Reply.Single.class);
    }

    @Test
    void progress_goes_to_the_call_that_asked_for_it_and_to_nobody_else() {
        var session = open();
        sse.on("tools/call", arrival -> List.of());
        var one = read(client.send(in(session, progressing(1, "1"))));
        awaitArrivals("tools/call", 1);
        var two = client.send(in(session, progressing(2, "\"1\"")));
        awaitArrivals("tools/call", 1);

        sse.say(Step.event(PROGRESS.formatted("1")));
        sse.say(Step.event(PROGRESS.formatted("7")));
        sse.say(Step.event("{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{}}"));
        sse.say(Step.event("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}"));

        assertThat(got(two)).isInstanceOf(Reply.Single.class);
        assertThat(methods(one)).containsExactly("notifications/progress", "");
    }

    @Test
    void what_belongs_to_no_call_waits_for_whoever_listens_and_only_the_newest_does() {
        var session = open();
        for (var uri : List.of("one", "two", "three")) {
            sse.say(Step.event(UPDATED.formatted(uri)));
        }
        got(client.send(in(session, list(1)))); // everything before its answer has arrived

        var heard = listening(session).take(2).runWith(Sink.seq(), KIT.system());

        assertThat(soon(heard))
                .extracting(event -> event.message().getFirst().bytes().utf8String())
                .containsExactly(UPDATED.formatted("two"), UPDATED.formatted("three"));
    }

    @Test
    void whoever_listens_last_hears() {
        var session = open();
        var first = listening(session).runWith(Sink.queue(), KIT.system());
        sse.say(Step.event(CHANGED));
        assertThat(soon(first.pull())).isPresent(); // so it listens by now

        var second = listening(session).take(1).runWith(Sink.seq(), KIT.system());
        assertThat(soon(first.pull())).isEmpty();
        sse.say(Step.event(CHANGED));

        assertThat(soon(second)).hasSize(1);
    }

    @Test
    void a_ping_outside_of_any_call_is_answered_here() throws Exception {
        open();
        upstream.next();
        upstream.next();

        sse.say(Step.event("{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"ping\"}"));

        assertThat(upstream.next().body()).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":5,\"result\":{}}");
    }

    @Test
    void a_dropped_stream_ends_its_calls_as_unknown_and_the_session() throws Exception {
        var session = open();
        sse.on("tools/call", arrival -> List.of());
        var call = client.send(in(session, call(1)));
        awaitArrivals("tools/call", 1);

        sse.say(Step.drop());

        assertThat(kind(got(call))).isEqualTo(Fault.Kind.UNKNOWN);
        assertThat(got(client.send(in(session, call(2))))).isEqualTo(new Reply.Refused(404, List.of(), ""));
        assertThat(got(client.send(new Outbound.Listen("", headers(session)))))
                .isEqualTo(new Reply.Refused(404, List.of(), ""));
    }

    @Test
    void a_stream_dropped_in_the_middle_of_an_answer_breaks_it() {
        var session = open();
        sse.on("tools/call", arrival -> List.of(Step.event(LOG), Step.drop()));

        var events = read(client.send(in(session, call(1))));

        assertThat(broken(events)).isTrue();
    }

    @Test
    void an_event_beyond_the_bound_ends_the_session() {
        var session = open();
        var piece = Step.chunk("data: " + "x".repeat(3000) + "\n");
        sse.on("tools/call", arrival -> List.of(piece, piece, piece));

        assertThat(kind(got(client.send(in(session, call(1)))))).isEqualTo(Fault.Kind.GARBLED);
        assertThat(client.sessions()).isZero();
    }

    @Test
    void a_call_without_an_answer_ends_with_its_deadline() {
        var session = open();
        sse.on("tools/call", arrival -> List.of());

        assertThat(kind(got(client.send(in(session, call(1, Duration.ofMillis(50)))))))
                .isEqualTo(Fault.Kind.TOO_SLOW);
        assertThat(got(client.send(in(session, list(2))))).isInstanceOf(Reply.Single.class);
    }

    @Test
    void no_more_calls_wait_than_may_and_a_given_up_one_makes_room() {
        var session = open();
        sse.on("tools/call", arrival -> List.of());
        var waiting = List.of(
                client.send(in(session, call(1))),
                client.send(in(session, call(2))),
                client.send(in(session, call(3))));

        assertThat(kind(got(client.send(in(session, call(4)))))).isEqualTo(Fault.Kind.NOT_SENT);
        waiting.getFirst().cancel(true);

        assertThat(got(client.send(in(session, list(5))))).isInstanceOf(Reply.Single.class);
    }

    @Test
    void what_waits_for_one_call_is_bounded_in_bytes_too() {
        try (var narrow = SseSaying.upstreams(KIT.system(), "unread = 100, unread-bytes = 1 KiB");
                var sessions = new SseClient(narrow.line(at(upstream.url())))) {
            var session = open(sessions);
            var large = Step.event(PROGRESS.formatted("1").replace("}}", ",\"message\":\"" + "x".repeat(700) + "\"}}"));
            sse.on("tools/call", arrival -> List.of(large, large, large));
            var unread = (Reply.Streamed) got(sessions.send(in(session, progressing(1, "1"))));
            got(sessions.send(in(session, list(2))));

            sse.say(Step.event("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}"));

            assertThat(methods(unread.events().runWith(Sink.seq(), KIT.system())))
                    .containsExactly("notifications/progress", "");
        }
    }

    @Test
    void an_upstream_that_pings_without_end_is_answered_within_bounds() {
        var gate = new CompletableFuture<Void>();
        var session = open();
        upstream.on(
                "POST",
                arrival -> List.of(Step.await(gate), Step.send("HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n")));
        var before = upstream.arrivals().size();

        for (var id = 0; id < 200; id++) {
            sse.say(Step.event("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"ping\"}"));
        }

        assertThat(got(client.send(in(session, list(2))))).isInstanceOf(Reply.Single.class);
        assertThat(upstream.arrivals().size() - before).isLessThan(10);
        gate.complete(null);
    }

    @Test
    void a_reader_that_does_not_read_holds_nobody_up_and_misses_what_is_no_answer() {
        var session = open();
        var progress = Step.event(PROGRESS.formatted("1"));
        sse.on("tools/call", arrival -> List.of(progress, progress, progress, progress, progress));
        var unread = (Reply.Streamed) got(client.send(in(session, progressing(1, "1"))));

        var stranger = client.send(in(session, list(2)));
        assertThat(got(stranger)).isInstanceOf(Reply.Single.class);
        sse.say(Step.event("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}"));

        assertThat(methods(unread.events().runWith(Sink.seq(), KIT.system())))
                .containsExactly("notifications/progress", "notifications/progress", "");
    }

    @Test
    void a_post_that_is_refused_refuses_the_call_and_404_means_that_the_session_is_gone() {
        var session = open();
        upstream.on("tools/call", Script.error(400, -32602));
        var refused = (Reply.Refused) got(client.send(in(session, call(1))));
        upstream.on("tools/call", Script.status(404));
        var gone = got(client.send(in(session, call(2))));

        assertThat(refused.body().getFirst().raw(Place.ERROR_CODE).orElseThrow().utf8String())
                .isEqualTo("-32602");
        assertThat(gone).isEqualTo(new Reply.Refused(404, List.of(), ""));
        assertThat(client.sessions()).isZero();
    }

    private String open() {
        return open(client);
    }

    private static String open(SseClient sessions) {
        return ((Reply.Single) got(sessions.send(initialize()))).session();
    }

    private org.apache.pekko.stream.javadsl.Source<Event, org.apache.pekko.NotUsed> listening(String session) {
        return ((Reply.Streamed) got(client.send(new Outbound.Listen("", headers(session))))).events();
    }

    private CompletionStage<List<Event>> read(CompletableFuture<Reply> reply) {
        return reply.thenCompose(got -> ((Reply.Streamed) got).events().runWith(Sink.seq(), KIT.system()));
    }

    private void awaitArrivals(String method, int count) {
        var seen = 0;
        while (seen < count) {
            try {
                seen += upstream.next().key().equals(method) ? 1 : 0;
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }

    private static <T> T soon(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(5, TimeUnit.SECONDS).join();
    }

    private static boolean broken(CompletionStage<List<Event>> events) {
        return soon(events.handle((read, failure) -> failure != null));
    }

    private static List<String> methods(CompletionStage<List<Event>> events) {
        return soon(events).stream()
                .map(event -> event.message().getFirst().method())
                .toList();
    }
}
