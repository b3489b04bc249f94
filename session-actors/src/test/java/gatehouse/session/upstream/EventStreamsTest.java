package gatehouse.session.upstream;

import static gatehouse.session.upstream.Upstreaming.at;
import static gatehouse.session.upstream.Upstreaming.call;
import static gatehouse.session.upstream.Upstreaming.got;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.session.fake.FakeUpstream;
import gatehouse.session.fake.Script;
import gatehouse.session.fake.Step;
import gatehouse.session.mcp.Message;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.javadsl.Sink;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class EventStreamsTest {

    private static final ActorTestKit KIT = Upstreaming.kit();
    private static final String PROGRESS =
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"progressToken\":1,\"progress\":1}}";
    private static final String RESULT = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}";

    private final FakeUpstream upstream = FakeUpstream.start();
    private final StreamableClient client = client();

    @AfterEach
    void close() {
        client.close();
        upstream.close();
    }

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    @Test
    void events_come_as_they_are_sent_and_end_with_the_answer() {
        upstream.on(
                "tools/call",
                Script.events(
                        Step.chunk("id: 1\nretry: 100\ndata:\n\n"),
                        Step.chunk(": ping\n\n"),
                        Step.event("2", PROGRESS),
                        Step.event("3", RESULT),
                        Step.end()));

        var events = events(call(1));

        assertThat(events).extracting(Event::id).containsExactly("1", "2", "3");
        assertThat(events).extracting(Event::retryMillis).containsExactly(100L, -1L, -1L);
        assertThat(events)
                .extracting(event -> event.message().stream().map(Message::kind).toList())
                .containsExactly(List.of(), List.of(Message.Kind.NOTIFICATION), List.of(Message.Kind.RESULT));
    }

    @Test
    void a_stream_read_to_its_end_gives_its_connection_back() throws Exception {
        upstream.on("tools/call", Script.resultAsEvents("{}", "Mcp-Session-Id: s-1"));

        for (int i = 0; i < 10; i++) {
            assertThat(events(call(i))).hasSize(1);
            awaitInUse(0);
        }

        assertThat(upstream.accepted()).isEqualTo(1);
    }

    @Test
    void the_answer_is_not_held_back_until_the_upstream_ends_the_stream() throws Exception {
        upstream.on("tools/call", Script.events(Step.event(RESULT), Step.event(RESULT), Step.hang()));

        try (var hasty = client("gateway.upstream.bounds.drain = 50 ms")) {
            assertThat(events(hasty, call(1))).hasSize(1);

            upstream.awaitOpen(0);
        }
    }

    @Test
    void cancelling_closes_the_connection() throws Exception {
        upstream.on("tools/call", Script.events(Step.event(PROGRESS), Step.hang()));

        var first = got(streamed(client, call(1))
                .events()
                .runWith(Sink.head(), KIT.system())
                .toCompletableFuture());

        assertThat(first.message()).hasSize(1);
        upstream.awaitOpen(0);
        awaitInUse(0);
    }

    @Test
    void a_stream_nobody_reads_is_closed() throws Exception {
        upstream.on("tools/call", Script.events(Step.event(PROGRESS), Step.hang()));

        try (var hasty = client("gateway.upstream.bounds.claim = 50 ms")) {
            var streamed = streamed(hasty, call(1));

            upstream.awaitOpen(0);
            assertThat(fault(streamed).kind()).isEqualTo(Fault.Kind.UNKNOWN);
        }
    }

    @RepeatedTest(20)
    void a_stream_cannot_be_read_twice() {
        upstream.on("tools/call", Script.events(Step.event(PROGRESS), Step.hang()));
        var streamed = streamed(client, call(1));
        var first = streamed.events().runWith(Sink.queue(), KIT.system());
        assertThat(first.pull().toCompletableFuture().join()).isPresent();

        assertThat(fault(streamed).kind()).isEqualTo(Fault.Kind.UNKNOWN);

        assertThat(first.pull().toCompletableFuture()).isNotDone();
        first.cancel();
    }

    @Test
    void a_dropped_stream_is_broken_with_its_outcome_unknown() throws Exception {
        upstream.on("tools/call", Script.events(Step.event("1", PROGRESS), Step.drop()));

        assertThat(broken(call(1)).kind()).isEqualTo(Fault.Kind.UNKNOWN);

        awaitInUse(0);
    }

    @Test
    void a_stream_cut_off_within_a_chunk_or_between_two_is_broken() {
        upstream.on("tools/call", Script.events(Step.event(PROGRESS), Step.send("ff\r\ndata"), Step.close()));
        assertThat(broken(call(1)).kind()).isEqualTo(Fault.Kind.UNKNOWN);

        upstream.on("tools/call", Script.events(Step.event(PROGRESS), Step.close()));
        assertThat(broken(call(1)).kind()).isEqualTo(Fault.Kind.UNKNOWN);
    }

    /// A legacy upstream may end the stream early and expect to be polled.
    @Test
    void a_stream_ended_in_good_order_without_an_answer_just_completes() {
        upstream.on("tools/call", Script.events(Step.chunk("id: 1\ndata:\n\n"), Step.end()));

        assertThat(events(call(1))).containsExactly(new Event("1", -1, List.of()));
    }

    @Test
    void one_malformed_frame_breaks_the_stream() throws Exception {
        upstream.on(
                "tools/call", Script.events(Step.event(PROGRESS), Step.event("{\"jsonrpc\":\"2.0\"}"), Step.hang()));

        assertThat(broken(call(1)).kind()).isEqualTo(Fault.Kind.GARBLED);

        upstream.awaitOpen(0);
    }

    @Test
    void an_answer_to_somebody_elses_request_breaks_the_stream() {
        upstream.on("tools/call", Script.events(Step.event(RESULT), Step.hang()));
        upstream.on("GET", Script.events(Step.event(RESULT), Step.hang()));

        assertThat(broken(call(2)).kind()).isEqualTo(Fault.Kind.GARBLED);
        assertThat(broken(new Outbound.Listen("", List.of())).kind()).isEqualTo(Fault.Kind.GARBLED);
    }

    @Test
    void a_resumed_stream_may_hold_the_answer_to_an_earlier_request() throws Exception {
        upstream.on("GET", Script.events(Step.event("8", RESULT), Step.end()));

        assertThat(events(new Outbound.Listen("7", List.of()))).hasSize(1);

        assertThat(upstream.next().header("Last-Event-ID")).isEqualTo("7");
    }

    @Test
    void an_event_beyond_the_bound_breaks_the_stream() {
        upstream.on("tools/call", Script.events(Step.chunk("data: " + "x".repeat(5000)), Step.hang()));

        try (var narrow = client("gateway.upstream.bounds.event = 4 KiB")) {
            assertThat(fault(streamed(narrow, call(1))).kind()).isEqualTo(Fault.Kind.GARBLED);
        }
    }

    @Test
    void a_stream_that_falls_silent_is_broken_and_comments_count_as_life() {
        upstream.on(
                "tools/call",
                Script.eventsOf(arrival -> List.of(
                        Step.chunk(": alive\n\n"),
                        Step.pause(Duration.ofMillis(600)),
                        Step.chunk(": alive\n\n"),
                        Step.pause(Duration.ofMillis(600)),
                        Step.event(PROGRESS),
                        Step.hang())));
        var impatient = new StreamableClient(
                KIT.system(), Upstreaming.quietFor(at(upstream.url()), Duration.ofSeconds(1)), Upstreaming.settings());

        try (impatient) {
            var seen = new CopyOnWriteArrayList<Event>();
            var done = streamed(impatient, call(1))
                    .events()
                    .runWith(Sink.foreach(seen::add), KIT.system())
                    .toCompletableFuture();

            assertThat(fault(done).kind()).isEqualTo(Fault.Kind.TOO_SLOW);
            assertThat(seen).hasSize(1);
        }
    }

    @Test
    void a_stream_that_lasts_too_long_is_broken() {
        upstream.on("GET", Script.events(Step.event(PROGRESS), Step.hang()));

        try (var hasty = client("gateway.upstream.bounds.stream = 50 ms")) {
            assertThat(fault(streamed(hasty, new Outbound.Listen("", List.of())))
                            .kind())
                    .isEqualTo(Fault.Kind.TOO_SLOW);
        }
    }

    @Test
    void listening_needs_an_event_stream() {
        upstream.on("GET", Script.body(200, "application/json", "{}"));
        assertThat(got(client.send(new Outbound.Listen("", List.of())))).isInstanceOf(Reply.Failed.class);

        upstream.on("GET", Script.status(405));
        assertThat(got(client.send(new Outbound.Listen("", List.of()))))
                .isEqualTo(new Reply.Refused(405, List.of(), ""));
    }

    private StreamableClient client(String... changes) {
        return new StreamableClient(KIT.system(), at(upstream.url()), Upstreaming.settings(changes));
    }

    private List<Event> events(Outbound outbound) {
        return events(client, outbound);
    }

    private static List<Event> events(StreamableClient client, Outbound outbound) {
        return got(streamed(client, outbound)
                .events()
                .runWith(Sink.seq(), KIT.system())
                .toCompletableFuture());
    }

    private Fault broken(Outbound outbound) {
        return fault(streamed(client, outbound));
    }

    private static Fault fault(Reply.Streamed streamed) {
        return fault(streamed.events().runWith(Sink.ignore(), KIT.system()).toCompletableFuture());
    }

    private static Fault fault(CompletableFuture<?> done) {
        return got(done.handle((value, failure) -> switch (failure) {
            case Broken broken -> broken.fault();
            case CompletionException wrapped when wrapped.getCause() instanceof Broken broken -> broken.fault();
            case null, default -> throw new AssertionError("not broken", failure);
        }));
    }

    private static Reply.Streamed streamed(StreamableClient client, Outbound outbound) {
        return (Reply.Streamed) got(client.send(outbound));
    }

    private void awaitInUse(int expected) {
        KIT.createTestProbe().awaitAssert(() -> {
            assertThat(client.inUse()).isEqualTo(expected);
            return expected;
        });
    }
}
