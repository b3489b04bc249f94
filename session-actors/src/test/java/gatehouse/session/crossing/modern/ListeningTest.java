package gatehouse.session.crossing.modern;

import static gatehouse.session.crossing.modern.Facing.call;
import static gatehouse.session.crossing.modern.Facing.post;
import static gatehouse.session.crossing.modern.Facing.raw;
import static gatehouse.session.upstream.Upstreaming.at;
import static gatehouse.session.upstream.Upstreaming.got;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.config.catalogue.Catalogue;
import gatehouse.policy.verdict.Principal;
import gatehouse.session.fake.Arrival;
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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.SinkQueueWithCancel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// `subscriptions/listen` over a legacy upstream's own stream.
class ListeningTest {

    private static final ActorTestKit KIT = Upstreaming.kit();
    private static final String TELLING = "{\"tools\":{\"listChanged\":true},\"prompts\":{\"listChanged\":true},"
            + "\"resources\":{\"subscribe\":true}}";
    private static final String TOOLS = "\"notifications\":{\"toolsListChanged\":true}";
    private static final String DIRECTORY = "\"notifications\":{\"resourceSubscriptions\":[\"f:/dir\"]}";

    private final Upstreams upstreams = new Upstreams(KIT.system(), Upstreaming.settings());
    private final ModernFaces faces = new ModernFaces(
            KIT.system(),
            upstreams::client,
            Facing.settings("listening.debounce = 50 ms", "listening.reconnect = 1 ms", "listening.linger = 20 ms"),
            Instant::now);

    @AfterEach
    void close() {
        faces.close().join();
        upstreams.close();
    }

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    /// One who listens, event by event.
    private record Ear(SinkQueueWithCancel<Event> events) {
        Message next() {
            return got(events.pull().toCompletableFuture())
                    .orElseThrow(() -> new AssertionError("the stream ended"))
                    .message()
                    .getFirst();
        }

        boolean ended() {
            return got(events.pull().toCompletableFuture()).isEmpty();
        }

        void leave() {
            events.cancel();
        }
    }

    private Ear listen(FakeUpstream upstream, String id, String wishes) {
        var face = faces.of(Principal.ANONYMOUS, at(upstream.url()));
        var reply = got(face.send(post(id, "subscriptions/listen", wishes)));
        assertThat(reply).isInstanceOf(Reply.Streamed.class);
        return new Ear(((Reply.Streamed) reply).events().runWith(Sink.queue(1), KIT.system()));
    }

    private static FakeUpstream telling(Script own) {
        return FakeUpstream.legacy()
                .on("initialize", greeting("s1"))
                .on("GET", own)
                .on("resources/subscribe", Script.result("{}"))
                .on("resources/unsubscribe", Script.result("{}"));
    }

    private static Script greeting(String session) {
        return Script.result(
                "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":" + TELLING
                        + ",\"serverInfo\":{\"name\":\"fake\",\"version\":\"1\"}}",
                "Mcp-Session-Id: " + session);
    }

    private static Step changed(String kind) {
        return Step.event("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/" + kind + "/list_changed\"}");
    }

    private static Step updated(String uri) {
        return Step.event("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/resources/updated\",\"params\":{\"uri\":\""
                + uri + "\"}}");
    }

    private static long count(FakeUpstream upstream, String key) {
        return upstream.arrivals().stream()
                .filter(arrival -> arrival.key().equals(key))
                .count();
    }

    @Test
    void a_listener_is_told_first_what_it_will_hear_of_and_each_hears_under_its_own_id() {
        var gate = new CompletableFuture<Void>();
        try (var upstream =
                telling(Script.events(Step.await(gate), changed("tools"), changed("prompts"), Step.hang()))) {
            var one = listen(
                    upstream,
                    "a",
                    "\"notifications\":{\"toolsListChanged\":true,\"resourcesListChanged\":true,\"taskIds\":[\"t\"]}");
            var other = listen(upstream, "b", "\"notifications\":{\"promptsListChanged\":true}");

            var acknowledged = one.next();
            assertThat(acknowledged.method()).isEqualTo("notifications/subscriptions/acknowledged");
            assertThat(raw(acknowledged, Place.PARAMS_NOTIFICATIONS)).isEqualTo("{\"toolsListChanged\":true}");
            assertThat(raw(acknowledged, Place.META_SUBSCRIPTION_ID)).isEqualTo("\"a\"");
            assertThat(raw(other.next(), Place.META_SUBSCRIPTION_ID)).isEqualTo("\"b\"");
            gate.complete(null);

            assertThat(one.next().method()).isEqualTo("notifications/tools/list_changed");
            var heard = other.next();
            assertThat(heard.method()).isEqualTo("notifications/prompts/list_changed");
            assertThat(raw(heard, Place.META_SUBSCRIPTION_ID)).isEqualTo("\"b\"");
            assertThat(count(upstream, "GET")).isOne();
            assertThat(faces.listeners()).isEqualTo(2);
        }
    }

    @Test
    void many_changes_at_once_are_one_notification() {
        var gate = new CompletableFuture<Void>();
        var steps = new ArrayList<Step>(List.of(Step.await(gate)));
        for (var i = 0; i < 50; i++) {
            steps.add(changed("tools"));
        }
        steps.addAll(List.of(changed("prompts"), Step.hang()));
        try (var upstream = telling(Script.events(steps.toArray(Step[]::new)))) {
            var ear =
                    listen(upstream, "a", "\"notifications\":{\"toolsListChanged\":true,\"promptsListChanged\":true}");
            ear.next();
            gate.complete(null);

            assertThat(List.of(ear.next().method(), ear.next().method()))
                    .containsExactly("notifications/tools/list_changed", "notifications/prompts/list_changed");
        }
    }

    @Test
    void subscriptions_are_shared_and_cover_what_lies_below() {
        var gate = new CompletableFuture<Void>();
        try (var upstream = telling(Script.events(
                        Step.await(gate), updated("f:/dirx"), updated("f:/dir/a"), updated("f:/other"), Step.hang()))
                .on(
                        "resources/subscribe",
                        arrival -> arrival.body().contains("f:/missing")
                                ? Script.error(200, -32002).answer(arrival)
                                : Script.result("{}").answer(arrival))) {
            var one =
                    listen(upstream, "a", "\"notifications\":{\"resourceSubscriptions\":[\"f:/dir\",\"f:/missing\"]}");
            var other = listen(upstream, "b", DIRECTORY);
            assertThat(raw(one.next(), Place.PARAMS_NOTIFICATIONS))
                    .isEqualTo("{\"resourceSubscriptions\":[\"f:/dir\"]}");
            other.next();
            gate.complete(null);

            assertThat(raw(one.next(), Place.PARAMS_URI)).isEqualTo("\"f:/dir/a\"");
            assertThat(raw(other.next(), Place.PARAMS_URI)).isEqualTo("\"f:/dir/a\"");
            one.leave();
            ParkingTest.eventually(() -> faces.listeners() == 1);
            other.leave();
            ParkingTest.eventually(() -> count(upstream, "resources/unsubscribe") == 1);
            assertThat(faces.listeners()).isZero();
        }
    }

    @Test
    void the_upstreams_stream_is_closed_a_while_after_the_last_listener_left() {
        try (var upstream = telling(Script.events(Step.hang()))) {
            var ear = listen(upstream, "a", TOOLS);
            ear.next();
            assertThat(upstreams.client(at(upstream.url())).inUse()).isOne();

            ear.leave();

            ParkingTest.eventually(() -> upstreams.client(at(upstream.url())).inUse() == 0);
            assertThat(faces.listeners()).isZero();
        }
    }

    @Test
    void a_broken_stream_comes_back_and_what_may_have_been_missed_counts_as_changed() {
        var gate = new CompletableFuture<Void>();
        var times = new AtomicInteger();
        try (var upstream = telling(arrival -> times.incrementAndGet() == 1
                ? Script.events(Step.await(gate), Step.drop()).answer(arrival)
                : Script.events(Step.hang()).answer(arrival))) {
            var ear = listen(upstream, "a", TOOLS);
            ear.next();
            gate.complete(null);

            assertThat(ear.next().method()).isEqualTo("notifications/tools/list_changed");
            assertThat(times).hasValue(2);
        }
    }

    @Test
    void a_stream_with_event_ids_is_resumed_where_it_was() {
        var ids = new CopyOnWriteArrayList<String>();
        try (var upstream = telling(arrival -> {
            ids.add(arrival.header("last-event-id"));
            return ids.size() == 1
                    ? Script.events(Step.chunk("id: e7\nretry: 1\ndata:\n\n"), Step.end())
                            .answer(arrival)
                    : Script.events(changed("tools"), Step.hang()).answer(arrival);
        })) {
            var ear = listen(upstream, "a", TOOLS);
            ear.next();

            assertThat(ear.next().method()).isEqualTo("notifications/tools/list_changed");
            assertThat(ids).containsExactly("", "e7");
        }
    }

    @Test
    void a_session_the_upstream_forgot_is_opened_again_and_everything_subscribed_anew() {
        var opened = new AtomicInteger();
        try (var upstream = telling(Script.events(Step.hang()))
                .on(
                        "initialize",
                        arrival -> greeting("s" + opened.incrementAndGet()).answer(arrival))
                .on(
                        "tools/call",
                        arrival -> arrival.header("mcp-session-id").equals("s1")
                                ? Script.error(404, -32001).answer(arrival)
                                : Script.result("{\"content\":[]}").answer(arrival))) {
            var ear = listen(upstream, "a", DIRECTORY);
            ear.next();

            got(faces.of(Principal.ANONYMOUS, at(upstream.url()))
                    .send(post("1", "tools/call", "\"name\":\"x\"", "{}", "")));

            assertThat(raw(ear.next(), Place.PARAMS_URI)).isEqualTo("\"f:/dir\"");
            ParkingTest.eventually(() -> upstream.arrivals().stream()
                            .filter(arrival -> arrival.key().equals("resources/subscribe"))
                            .map(arrival -> arrival.header("mcp-session-id"))
                            .toList()
                            .equals(List.of("s1", "s2"))
                    && count(upstream, "GET") == 2);
        }
    }

    @Test
    void a_change_told_of_in_mid_call_reaches_who_listens_and_not_the_call() {
        try (var upstream = telling(Script.events(Step.hang()))
                .on(
                        "tools/call",
                        Script.eventsOf(arrival -> List.of(
                                changed("tools"),
                                Step.event(Script.resultOf(arrival, "{\"content\":[]}")),
                                Step.end())))) {
            var ear = listen(upstream, "a", TOOLS);
            ear.next();

            var reply = got(faces.of(Principal.ANONYMOUS, at(upstream.url())).send(call("1", "x")));

            assertThat(reply).isInstanceOf(Reply.Single.class);
            assertThat(ear.next().method()).isEqualTo("notifications/tools/list_changed");
        }
    }

    @Test
    void an_upstream_without_a_stream_of_its_own_promises_nothing_and_the_listening_is_over() {
        try (var upstream = telling(Script.status(405))) {
            var ear = listen(upstream, "a", TOOLS);

            assertThat(raw(ear.next(), Place.PARAMS_NOTIFICATIONS)).isEqualTo("{}");
            assertThat(raw(ear.next(), Place.RESULT_META_SUBSCRIPTION_ID)).isEqualTo("\"a\"");
            assertThat(ear.ended()).isTrue();
            ParkingTest.eventually(() -> faces.listeners() == 0);
        }
    }

    @Test
    void an_upstream_that_is_declared_no_more_ends_the_listening_in_good_order() {
        try (var upstream = telling(Script.events(Step.hang()))) {
            var ear = listen(upstream, "a", TOOLS);
            ear.next();

            faces.retain(Catalogue.EMPTY, Instant.now());

            assertThat(raw(ear.next(), Place.RESULT_TYPE)).isEqualTo("\"complete\"");
            ParkingTest.eventually(() -> faces.legs() == 0 && faces.listeners() == 0);
            ParkingTest.eventually(() -> count(upstream, "DELETE") == 1);
        }
    }

    @Test
    void who_is_too_slow_is_sent_away_in_good_order() {
        var gate = new CompletableFuture<Void>();
        var steps = new ArrayList<Step>(List.of(Step.await(gate)));
        for (var i = 0; i < 400; i++) {
            steps.add(updated("f:/dir/" + i));
        }
        steps.add(Step.event("{\"jsonrpc\":\"2.0\",\"id\":\"p\",\"method\":\"ping\"}"));
        steps.add(Step.hang());
        try (var upstream = telling(Script.events(steps.toArray(Step[]::new))).on("POST", Script.status(202))) {
            var slow = listen(upstream, "a", DIRECTORY);
            slow.next();
            gate.complete(null);
            ParkingTest.eventually(() -> count(upstream, "POST") == 1);

            var heard = 0;
            var message = slow.next();
            for (; message.kind() == Message.Kind.NOTIFICATION; message = slow.next()) {
                heard++;
            }
            assertThat(heard).isBetween(256, 300);
            assertThat(raw(message, Place.RESULT_TYPE)).isEqualTo("\"complete\"");
            assertThat(slow.ended()).isTrue();
        }
    }

    @Test
    void a_question_outside_of_any_call_is_refused_and_a_ping_answered() {
        try (var upstream = telling(Script.events(
                        Step.event("{\"jsonrpc\":\"2.0\",\"id\":\"p\",\"method\":\"ping\"}"),
                        Step.event("{\"jsonrpc\":\"2.0\",\"id\":\"q\",\"method\":\"roots/list\"}"),
                        Step.hang()))
                .on("POST", Script.status(202))) {
            listen(upstream, "a", TOOLS).next();

            ParkingTest.eventually(() -> count(upstream, "POST") == 2);
            assertThat(upstream.arrivals().stream()
                            .filter(arrival -> arrival.key().equals("POST"))
                            .map(Arrival::body))
                    .anyMatch(body -> body.contains("\"id\":\"p\",\"result\":{}"))
                    .anyMatch(body -> body.contains("\"id\":\"q\",\"error\":{\"code\":-32601"));
        }
    }

    /// It would be asked for one session after another.
    @Test
    void an_upstream_that_answers_for_its_stream_with_404_is_given_one_new_session_and_no_more() {
        try (var upstream = telling(Script.status(404))) {
            var ear = listen(upstream, "a", TOOLS);

            assertThat(raw(ear.next(), Place.PARAMS_NOTIFICATIONS)).isEqualTo("{}");
            assertThat(raw(ear.next(), Place.RESULT_TYPE)).isEqualTo("\"complete\"");
            assertThat(count(upstream, "initialize")).isEqualTo(2);
            assertThat(count(upstream, "GET")).isEqualTo(2);
        }
    }

    @Test
    void an_upstream_that_forgets_its_session_with_every_stream_is_left_alone_in_the_end() {
        var times = new AtomicInteger();
        var opened = new AtomicInteger();
        try (var upstream = telling(arrival -> times.incrementAndGet() % 2 == 1
                        ? Script.events(Step.chunk("retry: 1\n\n"), Step.end()).answer(arrival)
                        : Script.status(404).answer(arrival))
                .on(
                        "initialize",
                        arrival -> greeting("s" + opened.incrementAndGet()).answer(arrival))) {
            var ear = listen(upstream, "a", TOOLS);
            ear.next();

            var message = ear.next();
            while (message.kind() == Message.Kind.NOTIFICATION) {
                message = ear.next();
            }

            assertThat(raw(message, Place.RESULT_TYPE)).isEqualTo("\"complete\"");
            assertThat(opened).hasValue(4);
            assertThat(times).hasValue(8);
        }
    }
}
