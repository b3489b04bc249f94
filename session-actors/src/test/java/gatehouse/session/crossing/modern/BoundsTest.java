package gatehouse.session.crossing.modern;

import static gatehouse.session.crossing.modern.Facing.call;
import static gatehouse.session.crossing.modern.Facing.post;
import static gatehouse.session.crossing.modern.Facing.raw;
import static gatehouse.session.upstream.Upstreaming.at;
import static gatehouse.session.upstream.Upstreaming.got;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.policy.verdict.Principal;
import gatehouse.session.fake.Dialogue;
import gatehouse.session.fake.FakeUpstream;
import gatehouse.session.fake.Script;
import gatehouse.session.fake.Step;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Place;
import gatehouse.session.upstream.Event;
import gatehouse.session.upstream.Reply;
import gatehouse.session.upstream.Upstreaming;
import gatehouse.session.upstream.Upstreams;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.SinkQueueWithCancel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Clients and upstreams that want more of a node, or of each other, than they may.
class BoundsTest {

    private static final ActorTestKit KIT = Upstreaming.kit();

    private final Upstreams upstreams = new Upstreams(KIT.system(), Upstreaming.settings());
    private ModernFaces faces = faces();

    private ModernFaces faces(String... settings) {
        return new ModernFaces(KIT.system(), upstreams::client, Facing.settings(settings), Instant::now);
    }

    @AfterEach
    void close() {
        faces.close().join();
        upstreams.close();
    }

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    private static FakeUpstream telling(Script own) {
        return FakeUpstream.legacy()
                .on("initialize", greeting("\"tools\":{\"listChanged\":true},\"resources\":{\"subscribe\":true}", ""))
                .on("GET", own)
                .on("resources/subscribe", Script.result("{}"))
                .on("resources/unsubscribe", Script.result("{}"));
    }

    private static Script greeting(String capabilities, String more) {
        return Script.result(
                "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{" + capabilities
                        + "},\"serverInfo\":{\"name\":\"fake\",\"version\":\"1\"}" + more + "}",
                "Mcp-Session-Id: s1");
    }

    private static String subscribing(String... uris) {
        return "\"notifications\":{\"resourceSubscriptions\":[\"" + String.join("\",\"", uris) + "\"]}";
    }

    private SinkQueueWithCancel<Event> listen(FakeUpstream upstream, String id, String wishes) {
        var face = faces.of(Principal.ANONYMOUS, at(upstream.url()));
        var reply = (Reply.Streamed) got(face.send(post(id, "subscriptions/listen", wishes)));
        return reply.events().runWith(Sink.<Event>queue(1).addAttributes(Attributes.inputBuffer(1, 1)), KIT.system());
    }

    private static Message next(SinkQueueWithCancel<Event> ear) {
        return got(ear.pull().toCompletableFuture()).orElseThrow().message().getFirst();
    }

    private static long count(FakeUpstream upstream, String key) {
        return upstream.arrivals().stream()
                .filter(arrival -> arrival.key().equals(key))
                .count();
    }

    @Test
    void for_a_listener_that_left_the_upstream_is_asked_no_more() {
        faces = faces("listening.settle = 200 ms");
        var gate = new CompletableFuture<Void>();
        var uris = IntStream.range(0, 50).mapToObj(i -> "f:/" + i).toArray(String[]::new);
        try (var upstream = telling(Script.events(Step.hang()))
                .on(
                        "resources/subscribe",
                        Script.eventsOf(arrival ->
                                List.of(Step.await(gate), Step.event(Script.resultOf(arrival, "{}")), Step.end())))) {
            listen(upstream, "a", subscribing(uris)).cancel();
            ParkingTest.eventually(() -> faces.listeners() == 0 && count(upstream, "resources/subscribe") == 4);
            gate.complete(null);

            ParkingTest.eventually(() -> count(upstream, "resources/unsubscribe") == 4);
            assertThat(count(upstream, "resources/subscribe")).isEqualTo(4);
        }
    }

    @Test
    void all_listeners_of_a_leg_share_the_room_for_subscriptions() {
        faces = faces("listening.of-leg = 3", "listening.of-leg-bytes = 1 KiB");
        try (var upstream = telling(Script.events(Step.hang()))) {
            var one = next(listen(upstream, "a", subscribing("f:/1", "f:/2")));
            var other = next(listen(upstream, "b", subscribing("f:/3", "f:/4")));

            assertThat(raw(one, Place.PARAMS_NOTIFICATIONS)).contains("f:/1", "f:/2");
            assertThat(raw(other, Place.PARAMS_NOTIFICATIONS).split("f:/")).hasSize(2);
            assertThat(count(upstream, "resources/subscribe")).isEqualTo(3);
        }
        faces.close().join();
        faces = faces("listening.of-leg-bytes = 1 KiB");
        try (var upstream = telling(Script.events(Step.hang()))) {
            var one = next(listen(upstream, "a", subscribing("f:/" + "x".repeat(1000))));
            var other = next(listen(upstream, "b", subscribing("f:/" + "y".repeat(30))));

            assertThat(raw(one, Place.PARAMS_NOTIFICATIONS)).contains("xxx");
            assertThat(raw(other, Place.PARAMS_NOTIFICATIONS)).isEqualTo("{}");
        }
    }

    @Test
    void a_listener_that_leaves_too_many_bytes_unread_is_ended() {
        faces = faces("listening.buffer-bytes = 8 KiB", "listening.debounce = 1 ms");
        var gate = new CompletableFuture<Void>();
        var steps = new ArrayList<Step>(List.of(Step.await(gate)));
        for (var i = 0; i < 40; i++) {
            steps.add(Step.event("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/resources/updated\","
                    + "\"params\":{\"uri\":\"f:/dir/" + "x".repeat(1000) + "\"}}"));
        }
        steps.add(Step.event("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}"));
        steps.add(Step.hang());
        try (var upstream = telling(Script.events(steps.toArray(Step[]::new)))) {
            var slow = listen(upstream, "a", subscribing("f:/dir"));
            var last = listen(upstream, "b", "\"notifications\":{\"toolsListChanged\":true}");
            next(slow);
            next(last);
            gate.complete(null);
            next(last); // by now the slow one was told of everything before

            var heard = 0;
            var message = next(slow);
            for (; message.kind() == Message.Kind.NOTIFICATION; message = next(slow)) {
                heard++;
            }
            assertThat(raw(message, Place.RESULT_TYPE)).isEqualTo("\"complete\"");
            assertThat(heard).isBetween(5, 15);
        }
    }

    @Test
    void a_question_too_large_to_wait_is_refused_and_its_upstream_told() {
        faces = faces("parking.of-principal-bytes = 4 KiB");
        try (var upstream = FakeUpstream.legacy()) {
            var dialogue = Dialogue.with(upstream);
            upstream.on("notifications/cancelled", Script.status(202));
            upstream.on("tools/call", dialogue.asking("elicitation/create", Dialogue.form("Who? ".repeat(300))));
            var face = faces.of(Principal.ANONYMOUS, at(upstream.url()));

            var first = (Reply.Single) got(face.send(call("1", "ask")));
            var second = (Reply.Single) got(face.send(call("2", "ask")));
            var third = (Reply.Refused) got(face.send(call("3", "ask")));

            assertThat(List.of(first, second))
                    .allSatisfy(asking ->
                            assertThat(raw(asking.message(), Place.RESULT_TYPE)).isEqualTo("\"input_required\""));
            assertThat(third.status()).isEqualTo(429);
            assertThat(raw(third.body().getFirst(), Place.ERROR_MESSAGE))
                    .contains("bytes of calls of this agent that wait for answers");
            ParkingTest.eventually(() -> dialogue.open() == 2 && count(upstream, "notifications/cancelled") == 1);
            assertThat(faces.parked()).isEqualTo(2);
        }
    }

    @Test
    void an_upstream_that_says_too_much_of_itself_is_not_used() {
        faces = faces("legs.greeting = 1 KiB");
        var many = IntStream.range(0, 100).mapToObj(i -> "\"c" + i + "\":{}").collect(Collectors.joining(","));
        try (var upstream = telling(Script.status(405))
                .on("initialize", greeting(many, ",\"instructions\":\"read\""))
                .on("DELETE", Script.status(200))) {
            var face = faces.of(Principal.ANONYMOUS, at(upstream.url()));

            var failed = (Reply.Failed) got(face.send(call("1", "echo")));

            assertThat(failed.fault().toString()).contains("said more of itself than the 1024 bytes");
            ParkingTest.eventually(() -> count(upstream, "DELETE") == 1);
            assertThat(count(upstream, "tools/call")).isZero();
        }
    }
}
