package gatehouse.session.upstream;

import static gatehouse.session.upstream.Upstreaming.at;
import static gatehouse.session.upstream.Upstreaming.call;
import static gatehouse.session.upstream.Upstreaming.got;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.session.fake.FakeUpstream;
import gatehouse.session.fake.Script;
import gatehouse.session.fake.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.javadsl.Sink;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionsTest {

    private static final ActorTestKit KIT = Upstreaming.kit();

    private final FakeUpstream upstream = FakeUpstream.start();
    private final StreamableClient client = client(2, 2, "gateway.upstream.pool.patience = 5 s");

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
    void calls_beyond_the_number_wait_their_turn_in_order() throws Exception {
        var gate = new CompletableFuture<Void>();
        upstream.on("tools/call", afterwards(gate));

        var replies = new ArrayList<CompletableFuture<Reply>>();
        for (int i = 0; i < 6; i++) {
            replies.add(client.send(call(i)));
        }
        upstream.next();
        upstream.next();

        assertThat(upstream.accepted()).isEqualTo(2);
        gate.complete(null);
        assertThat(replies).allSatisfy(reply -> assertThat(got(reply)).isInstanceOf(Reply.Single.class));
        assertThat(upstream.accepted()).isEqualTo(2);
    }

    @Test
    void streams_leave_room_for_calls() throws Exception {
        upstream.on("tools/call", Script.events(Step.chunk(": open\n\n"), Step.hang()));
        var first = streamed(call(1));
        var second = streamed(call(2));

        upstream.on("tools/call", Script.result("{}"));

        assertThat(got(client.send(call(3)))).isInstanceOf(Reply.Single.class);
        assertThat(first).isNotDone();
        assertThat(second).isNotDone();
    }

    @Test
    void with_all_streams_taken_half_of_the_calls_stay_free() throws Exception {
        upstream.on("tools/call", Script.events(Step.chunk(": open\n\n"), Step.hang()));
        var open = List.of(streamed(call(1)), streamed(call(2)), streamed(call(3)));

        var refused = got(client.send(call(4)));
        upstream.on("tools/call", Script.result("{}"));

        assertThat(refused).isEqualTo(new Reply.Failed(Fault.noStream()));
        assertThat(got(client.send(call(5)))).isInstanceOf(Reply.Single.class);
        assertThat(open).noneMatch(CompletableFuture::isDone);
    }

    @Test
    void listening_beyond_the_number_of_streams_is_not_tried() {
        upstream.on("GET", Script.events(Step.chunk(": open\n\n"), Step.hang()));
        var listen = new Outbound.Listen("", List.of());
        var _ = List.of(streamed(listen), streamed(listen));

        assertThat(got(client.send(listen))).isEqualTo(new Reply.Failed(Fault.notSent("all connections are in use")));
    }

    @Test
    void slow_calls_of_one_owner_keep_nobody_else_out() throws Exception {
        upstream.on("tools/call", Script.hang());

        try (var wide = client(8, 2)) {
            var slow = new ArrayList<CompletableFuture<Reply>>();
            for (int i = 0; i < 20; i++) {
                slow.add(wide.send(of("alice", i)));
            }
            for (int i = 0; i < 7; i++) {
                upstream.next();
            }
            upstream.on("tools/call", Script.result("{}"));

            assertThat(got(wide.send(of("bob", 99)))).isInstanceOf(Reply.Single.class);
            slow.forEach(reply -> reply.cancel(true));
        }
    }

    private static Outbound of(String owner, int id) {
        return new Outbound.Post(call(id).message(), List.of(), Duration.ofSeconds(5), owner);
    }

    @Test
    void a_call_waits_only_so_long() throws Exception {
        upstream.on("tools/call", Script.hang());

        try (var hasty = client(1, 1, "gateway.upstream.pool.patience = 50 ms")) {
            var running = hasty.send(call(1));
            upstream.next();

            assertThat(got(hasty.send(call(2))))
                    .isEqualTo(new Reply.Failed(Fault.notSent("no connection came free in time")));
            assertThat(running).isNotDone();
        }
    }

    @Test
    void only_so_many_calls_wait() throws Exception {
        upstream.on("tools/call", Script.hang());

        try (var narrow = client(1, 1, "gateway.upstream.pool.waiting = 1")) {
            var running = narrow.send(call(1));
            upstream.next();
            var waiting = narrow.send(call(2));

            assertThat(got(narrow.send(call(3))))
                    .isEqualTo(new Reply.Failed(Fault.notSent("all connections are in use")));
            assertThat(running).isNotDone();
            assertThat(waiting).isNotDone();
        }
    }

    @Test
    void a_call_cancelled_while_it_waits_is_never_sent() throws Exception {
        var gate = new CompletableFuture<Void>();
        upstream.on("tools/call", afterwards(gate));

        try (var narrow = client(1, 1)) {
            var running = narrow.send(call(1));
            upstream.next();
            narrow.send(call(2)).cancel(true);
            var last = narrow.send(call(3));
            gate.complete(null);

            assertThat(got(running)).isInstanceOf(Reply.Single.class);
            assertThat(got(last)).isInstanceOf(Reply.Single.class);
            assertThat(upstream.arrivals())
                    .extracting(arrival -> arrival.rpcId())
                    .containsExactly("1", "3");
        }
    }

    @Test
    void a_deadline_passed_while_waiting_means_not_sent() throws Exception {
        upstream.on("tools/call", Script.hang());

        try (var narrow = client(1, 1)) {
            var _ = narrow.send(call(1));
            upstream.next();

            assertThat(StreamableClientTest.kind(got(narrow.send(call(2, Duration.ofMillis(50))))))
                    .isEqualTo(Fault.Kind.NOT_SENT);
        }
    }

    @Test
    void an_upstream_that_accepts_and_closes_is_not_dialled_forever() {
        try (var slammed = FakeUpstream.slamming();
                var knocking = new StreamableClient(KIT.system(), at(slammed.url()), Upstreaming.settings())) {
            assertThat(got(knocking.send(call(1)))).isInstanceOf(Reply.Failed.class);

            assertThat(slammed.accepted()).isLessThanOrEqualTo(3);
            assertThat(knocking.inUse()).isZero();
        }
    }

    /// However exchanges end, in whatever order, every place and every connection comes back.
    @Test
    void nothing_leaks() throws Exception {
        upstream.on("tools/call", arrival -> switch (Integer.parseInt(arrival.rpcId()) % 8) {
            case 0, 1, 2 -> Script.result("{}").answer(arrival);
            case 3 -> Script.resultAsEvents("{}").answer(arrival);
            case 4 -> List.of(Step.drop());
            case 5 -> Script.body(500, "text/html", "no").answer(arrival);
            case 6 -> Script.events(Step.chunk(": open\n\n"), Step.hang()).answer(arrival);
            default -> List.of(Step.hang());
        });
        var random = new Random(7);
        try (var wide = client(8, 8)) {
            for (int round = 0; round < 50; round++) {
                var replies = new ArrayList<CompletableFuture<?>>();
                for (int i = 0; i < 12; i++) {
                    var reply = wide.send(call(random.nextInt(1000), Duration.ofMillis(100)));
                    replies.add(reply.thenCompose(ConnectionsTest::read).exceptionally(failure -> Done.done()));
                    if (random.nextInt(4) == 0) {
                        reply.cancel(true);
                    }
                }
                got(CompletableFuture.allOf(replies.toArray(CompletableFuture[]::new)));
            }

            KIT.createTestProbe().awaitAssert(() -> {
                assertThat(wide.inUse()).isZero();
                return "";
            });
        }
        upstream.awaitOpen(0);
    }

    /// Reads a stream for a moment, then lets go of it.
    private static CompletableFuture<Done> read(Reply reply) {
        return reply instanceof Reply.Streamed(var events, var session)
                ? events.takeWithin(Duration.ofMillis(20))
                        .runWith(Sink.ignore(), KIT.system())
                        .toCompletableFuture()
                : CompletableFuture.completedFuture(Done.done());
    }

    private static Script afterwards(CompletableFuture<Void> gate) {
        return arrival ->
                List.of(Step.await(gate), Script.http(200, "application/json", Script.resultOf(arrival, "{}")));
    }

    private CompletableFuture<?> streamed(Outbound outbound) {
        return ((Reply.Streamed) got(client.send(outbound)))
                .events()
                .runWith(Sink.ignore(), KIT.system())
                .toCompletableFuture();
    }

    private StreamableClient client(int calls, int streams, String... changes) {
        return new StreamableClient(KIT.system(), at(upstream.url(), calls, streams), Upstreaming.settings(changes));
    }
}
