package gatehouse.session.crossing.modern;

import static gatehouse.session.crossing.modern.Facing.call;
import static gatehouse.session.crossing.modern.Facing.post;
import static gatehouse.session.crossing.modern.Facing.raw;
import static gatehouse.session.upstream.Upstreaming.at;
import static gatehouse.session.upstream.Upstreaming.got;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.config.catalogue.AgentId;
import gatehouse.config.catalogue.TenantId;
import gatehouse.policy.verdict.Principal;
import gatehouse.session.fake.Dialogue;
import gatehouse.session.fake.FakeUpstream;
import gatehouse.session.fake.Script;
import gatehouse.session.fake.Step;
import gatehouse.session.mcp.Id;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Place;
import gatehouse.session.upstream.Event;
import gatehouse.session.upstream.Outbound;
import gatehouse.session.upstream.Reply;
import gatehouse.session.upstream.Upstreaming;
import gatehouse.session.upstream.Upstreams;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.javadsl.Sink;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A legacy upstream asks in mid-call, and a modern client answers with its next request.
class ParkingTest {

    private static final ActorTestKit KIT = Upstreaming.kit();
    private static final String ACCEPTED = "{\"action\":\"accept\",\"content\":{\"name\":\"Ada\"}}";
    private static final Principal OTHER = new Principal(new TenantId("crew"), new AgentId("other"));

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

    private Reply ask(FakeUpstream upstream, Outbound.Post post) {
        return ask(upstream, post, Principal.ANONYMOUS);
    }

    private Reply ask(FakeUpstream upstream, Outbound.Post post, Principal principal) {
        return got(faces.of(principal, at(upstream.url())).send(post));
    }

    private static Message single(Reply reply) {
        assertThat(reply).isInstanceOf(Reply.Single.class);
        return ((Reply.Single) reply).message();
    }

    private static String state(Message asking) {
        assertThat(raw(asking, Place.RESULT_TYPE)).isEqualTo("\"input_required\"");
        return asking.text(Place.RESULT_REQUEST_STATE).orElseThrow();
    }

    private static Outbound.Post again(String id, String state, String responses) {
        return post(id, "tools/call", again(state, responses));
    }

    private static String again(String state, String responses) {
        return "\"name\":\"ask\",\"arguments\":{},\"requestState\":\"" + state + "\",\"inputResponses\":" + responses;
    }

    private static String answering(String... keys) {
        return Stream.of(keys)
                .map(key -> "\"" + key + "\":" + ACCEPTED)
                .collect(java.util.stream.Collectors.joining(",", "{", "}"));
    }

    @Test
    void a_question_becomes_an_answer_that_asks_and_the_next_request_goes_on() {
        try (var upstream = FakeUpstream.legacy()) {
            var dialogue = Dialogue.with(upstream);
            upstream.on("tools/call", dialogue.asking("elicitation/create", Dialogue.form("Who?")));

            var asking = single(ask(upstream, call("1", "ask")));
            assertThat(raw(asking, Place.RESULT_INPUT_REQUESTS))
                    .isEqualTo("{\"question-1\":{\"method\":\"elicitation/create\",\"params\":" + Dialogue.form("Who?")
                            + "}}");
            assertThat(faces.parked()).isOne();

            var answer = single(ask(upstream, again("2", state(asking), answering("question-1"))));
            assertThat(answer.id()).contains(new Id.Text("2"));
            assertThat(raw(answer, Place.RESULT)).contains("Ada").contains("\"resultType\":\"complete\"");
            assertThat(faces.parked()).isZero();
            assertThat(count(upstream, "tools/call")).isOne();
        }
    }

    @Test
    void a_state_is_good_once_and_for_its_own_principal() {
        try (var upstream = FakeUpstream.legacy()) {
            upstream.on("tools/call", Dialogue.with(upstream).asking("roots/list", "{}"));
            var state = state(single(ask(upstream, call("1", "ask"))));

            var stranger = single(ask(upstream, again("2", state, answering("question-1")), OTHER));
            single(ask(upstream, again("3", state, answering("question-1"))));
            var twice = single(ask(upstream, again("4", state, answering("question-1"))));

            assertThat(List.of(stranger, twice)).allSatisfy(error -> {
                assertThat(raw(error, Place.ERROR_CODE)).isEqualTo("-32603");
                assertThat(raw(error, Place.ERROR_DATA)).contains("\"outcome\":\"unknown\"");
            });
        }
    }

    @Test
    void an_answer_left_out_is_asked_for_again() {
        try (var upstream = FakeUpstream.legacy()) {
            var dialogue = Dialogue.with(upstream);
            upstream.on("tools/call", dialogue.asking("elicitation/create", Dialogue.form("Who?")));

            var first = single(ask(upstream, call("1", "ask")));
            var second = single(ask(upstream, again("2", state(first), "{\"something else\":{}}")));
            var third = single(ask(upstream, again("3", state(second), "{\"question-1\":\"no object\"}")));

            assertThat(raw(second, Place.RESULT_INPUT_REQUESTS)).isEqualTo(raw(first, Place.RESULT_INPUT_REQUESTS));
            assertThat(state(second)).isNotEqualTo(state(first));
            assertThat(raw(single(ask(upstream, again("4", state(third), answering("question-1")))), Place.RESULT))
                    .contains("Ada");
            assertThat(dialogue.open()).isZero();
        }
    }

    @Test
    void one_question_may_follow_another() {
        try (var upstream = FakeUpstream.legacy()) {
            upstream.on("tools/call", Dialogue.with(upstream).asking(List.of("one", "two"), answers -> "both"));

            var first = single(ask(upstream, call("1", "ask")));
            var second = single(ask(upstream, again("2", state(first), answering("question-1"))));
            var answer = single(ask(upstream, again("3", state(second), answering("question-2"))));

            assertThat(raw(second, Place.RESULT_INPUT_REQUESTS))
                    .contains("\"question-2\"")
                    .contains("two");
            assertThat(raw(answer, Place.RESULT)).contains("both");
        }
    }

    @Test
    void an_upstream_that_never_stops_asking_is_stopped() {
        faces = faces("parking.rounds = 2");
        try (var upstream = FakeUpstream.legacy()) {
            var dialogue = Dialogue.with(upstream);
            upstream.on("tools/call", dialogue.asking(List.of("1", "2", "3"), answers -> "all"));

            var first = single(ask(upstream, call("1", "ask")));
            var second = single(ask(upstream, again("2", state(first), answering("question-1"))));
            var third = single(ask(upstream, again("3", state(second), answering("question-2"))));

            assertThat(raw(third, Place.ERROR_MESSAGE)).contains("too often");
            eventually(() -> dialogue.open() == 0 && faces.parked() == 0);
        }
    }

    @Test
    void questions_asked_together_are_passed_on_together() {
        try (var upstream = FakeUpstream.legacy()) {
            var dialogue = Dialogue.with(upstream);
            upstream.on("tools/call", Script.eventsOf(arrival -> {
                var name = dialogue.question("elicitation/create", Dialogue.form("Who?"));
                var roots = dialogue.question("roots/list", "{}");
                return List.of(
                        name.put(),
                        roots.put(),
                        name.awaited(),
                        roots.awaited(),
                        Step.event(Script.resultOf(arrival, "{\"content\":[]}")),
                        Step.end());
            }));
            faces = faces("parking.gather = 1 s");

            var asking = single(ask(upstream, call("1", "ask")));
            assertThat(raw(asking, Place.RESULT_INPUT_REQUESTS))
                    .contains("\"question-1\"")
                    .contains("\"question-2\"");

            var half = single(ask(upstream, again("2", state(asking), answering("question-2"))));
            assertThat(raw(half, Place.RESULT_INPUT_REQUESTS))
                    .contains("\"question-1\"")
                    .doesNotContain("\"question-2\"");
            single(ask(upstream, again("3", state(half), answering("question-1"))));
        }
    }

    @Test
    void what_the_request_did_not_declare_is_not_asked_and_the_upstream_hears_so() throws Exception {
        try (var upstream = FakeUpstream.legacy()) {
            var dialogue = Dialogue.with(upstream);
            upstream.on("notifications/cancelled", Script.status(202));
            upstream.on("tools/call", dialogue.asking("sampling/createMessage", "{\"messages\":[],\"maxTokens\":9}"));

            var reply = ask(upstream, post("1", "tools/call", "\"name\":\"ask\"", "{\"elicitation\":{}}", ""));

            assertThat(reply).isInstanceOfSatisfying(Reply.Refused.class, refused -> {
                assertThat(refused.status()).isEqualTo(400);
                assertThat(raw(refused.body().getFirst(), Place.ERROR_CODE)).isEqualTo("-32021");
                assertThat(raw(refused.body().getFirst(), Place.ERROR_DATA))
                        .isEqualTo("{\"requiredCapabilities\":{\"sampling\":{}}}");
            });
            eventually(() -> dialogue.open() == 0 && count(upstream, "notifications/cancelled") == 1);
            assertThat(faces.parked()).isZero();
        }
    }

    @Test
    void a_ping_in_mid_call_is_answered_here_and_what_nobody_can_be_asked_is_refused() {
        try (var upstream = FakeUpstream.legacy()) {
            var dialogue = Dialogue.with(upstream);
            upstream.on("tools/call", Script.eventsOf(arrival -> {
                var ping = dialogue.question("ping", "{}");
                var odd = dialogue.question("acme/odd", "{}");
                return List.of(
                        ping.put(),
                        odd.put(),
                        ping.awaited(),
                        odd.awaited(),
                        Step.later(() ->
                                Step.event(Script.resultOf(arrival, Dialogue.text(ping.result() + odd.result())))),
                        Step.end());
            }));

            assertThat(raw(single(ask(upstream, call("1", "ask"))), Place.RESULT))
                    .contains("{}")
                    .contains("-32601");
        }
    }

    @Test
    void progress_goes_on_with_the_token_of_the_request_that_is_waiting_now() {
        try (var upstream = FakeUpstream.legacy()) {
            var dialogue = Dialogue.with(upstream);
            upstream.on("tools/call", Script.eventsOf(arrival -> {
                var question = dialogue.question("roots/list", "{}");
                return List.of(
                        question.put(),
                        question.awaited(),
                        Step.event("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\","
                                + "\"params\":{\"progress\":1,\"progressToken\":\"first\"}}"),
                        Step.event(Script.resultOf(arrival, "{\"content\":[]}")),
                        Step.end());
            }));
            var asking = single(ask(
                    upstream,
                    post("1", "tools/call", "\"name\":\"ask\"", Facing.ABLE, ",\"progressToken\":\"first\"")));
            var reply = ask(
                    upstream,
                    post(
                            "2",
                            "tools/call",
                            again(state(asking), "{\"question-1\":{\"roots\":[]}}"),
                            Facing.ABLE,
                            ",\"progressToken\":\"second\""));

            assertThat(streamed(reply))
                    .hasSize(2)
                    .satisfies(messages -> assertThat(raw(messages.getFirst(), Place.PARAMS_PROGRESS_TOKEN))
                            .isEqualTo("\"second\""));
        }
    }

    @Test
    void a_stream_the_upstream_ended_while_the_client_thought_is_gone_on_with() {
        faces = faces("resuming.delay = 1 ms");
        try (var upstream = FakeUpstream.legacy()) {
            var dialogue = Dialogue.with(upstream);
            var question = dialogue.question("roots/list", "{}");
            upstream.on(
                    "tools/call", Script.events(Step.chunk("id: e1\nretry: 1\ndata:\n\n"), question.put(), Step.end()));
            upstream.on(
                    "GET",
                    Script.events(
                            question.awaited(),
                            Step.event("{\"jsonrpc\":\"2.0\",\"id\":\"1\",\"result\":{\"content\":[]}}"),
                            Step.end()));

            var asking = single(ask(upstream, call("1", "ask")));
            var answer = single(ask(upstream, again("2", state(asking), answering("question-1"))));

            assertThat(raw(answer, Place.RESULT)).contains("\"content\":[]");
        }
    }

    @Test
    void who_does_not_come_back_in_time_is_not_waited_for() {
        faces = faces("parking.life = 50 ms");
        try (var upstream = FakeUpstream.legacy()) {
            var dialogue = Dialogue.with(upstream);
            upstream.on("notifications/cancelled", Script.status(202));
            upstream.on("tools/call", dialogue.asking("elicitation/create", Dialogue.form("Who?")));
            var asking = single(ask(upstream, call("1", "ask")));

            eventually(() ->
                    faces.parked() == 0 && dialogue.open() == 0 && count(upstream, "notifications/cancelled") == 1);

            var late = single(ask(upstream, again("2", state(asking), answering("question-1"))));
            assertThat(raw(late, Place.ERROR_DATA)).contains("unknown");
        }
    }

    @Test
    void one_principal_cannot_take_all_the_room() {
        faces = faces("parking.of-principal = 1", "parking.of-node = 2");
        try (var upstream = FakeUpstream.legacy()) {
            upstream.on("tools/call", Dialogue.with(upstream).asking("elicitation/create", Dialogue.form("Who?")));
            single(ask(upstream, call("1", "ask")));

            assertThat(ask(upstream, call("2", "ask"))).isInstanceOfSatisfying(Reply.Refused.class, refused -> {
                assertThat(refused.status()).isEqualTo(429);
                assertThat(raw(refused.body().getFirst(), Place.ERROR_CODE)).isEqualTo("-31429");
            });
            state(single(ask(upstream, call("3", "ask"), OTHER)));
            assertThat(faces.parked()).isEqualTo(2);
        }
    }

    @Test
    void an_address_to_visit_first_is_asked_for_and_the_call_made_afterwards() {
        try (var upstream = FakeUpstream.legacy()) {
            var visited = new CompletableFuture<Void>();
            var error = "{\"code\":-32042,\"message\":\"first\",\"data\":{\"elicitations\":[{\"mode\":\"url\","
                    + "\"elicitationId\":\"e\",\"url\":\"https://consent.example\",\"message\":\"Agree\"}]}}";
            upstream.on(
                    "tools/call",
                    arrival -> visited.isDone()
                            ? Script.result("{\"content\":[]}").answer(arrival)
                            : List.of(Script.http(
                                    200,
                                    "application/json",
                                    "{\"jsonrpc\":\"2.0\",\"id\":" + arrival.rpcId() + ",\"error\":" + error + "}")));

            var asking = single(ask(upstream, call("1", "ask")));
            assertThat(raw(asking, Place.RESULT_INPUT_REQUESTS))
                    .contains("https://consent.example")
                    .doesNotContain("elicitationId");
            var declined =
                    single(ask(upstream, again("2", state(asking), "{\"question-1\":{\"action\":\"decline\"}}")));
            assertThat(raw(declined, Place.ERROR_DATA)).contains("refused");
            visited.complete(null);
            var done = single(ask(upstream, again("3", state(asking), "{\"question-1\":{\"action\":\"accept\"}}")));

            assertThat(raw(done, Place.RESULT)).contains("\"content\":[]");
            assertThat(faces.parked()).isZero();
        }
    }

    private static List<Message> streamed(Reply reply) {
        assertThat(reply).isInstanceOf(Reply.Streamed.class);
        return got(((Reply.Streamed) reply)
                .events()
                .mapConcat(Event::message)
                .runWith(Sink.seq(), KIT.system())
                .toCompletableFuture());
    }

    private static long count(FakeUpstream upstream, String key) {
        return upstream.arrivals().stream()
                .filter(arrival -> arrival.key().equals(key))
                .count();
    }

    static void eventually(BooleanSupplier holds) {
        var until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime()).as("it never came to hold").isLessThan(until);
            CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(10, TimeUnit.MILLISECONDS))
                    .join();
        }
    }
}
