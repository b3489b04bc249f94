package gatehouse.session.crossing.modern;

import static gatehouse.session.crossing.modern.Facing.call;
import static gatehouse.session.crossing.modern.Facing.post;
import static gatehouse.session.crossing.modern.Facing.raw;
import static gatehouse.session.upstream.Upstreaming.at;
import static gatehouse.session.upstream.Upstreaming.got;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.policy.verdict.Principal;
import gatehouse.session.fake.Arrival;
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
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.javadsl.Sink;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Requests of the modern era at a legacy upstream that asks nothing.
class ModernFaceTest {

    private static final ActorTestKit KIT = Upstreaming.kit();

    private final Upstreams upstreams = new Upstreams(KIT.system(), Upstreaming.settings());
    private final ModernFaces faces = faces();

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
        return got(faces.of(Principal.ANONYMOUS, at(upstream.url())).send(post));
    }

    private static Message single(Reply reply) {
        assertThat(reply).isInstanceOf(Reply.Single.class);
        return ((Reply.Single) reply).message();
    }

    private List<Message> streamed(Reply reply) {
        assertThat(reply).isInstanceOf(Reply.Streamed.class);
        return got(((Reply.Streamed) reply)
                .events()
                .mapConcat(Event::message)
                .runWith(Sink.seq(), KIT.system())
                .toCompletableFuture());
    }

    private static Stream<Arrival> arrived(FakeUpstream upstream, String key) {
        return upstream.arrivals().stream().filter(arrival -> arrival.key().equals(key));
    }

    @Test
    void discovery_is_answered_from_the_greeting() {
        try (var upstream = FakeUpstream.legacy()) {
            var result = single(ask(upstream, post("d", "server/discover", "")));

            assertThat(result.id()).contains(new Id.Text("d"));
            assertThat(raw(result, Place.RESULT))
                    .contains("\"supportedVersions\":[\"2026-07-28\"]")
                    .contains("\"capabilities\":{\"tools\":{}}")
                    .contains("\"resultType\":\"complete\"")
                    .contains("\"io.modelcontextprotocol/serverInfo\":{\"name\":\"fake\",\"version\":\"1\"}")
                    .contains("\"ttlMs\":30000")
                    .contains("\"cacheScope\":\"private\"");
            assertThat(upstream.arrivals()).extracting(Arrival::key).doesNotContain("server/discover");
        }
    }

    @Test
    void a_request_travels_without_its_envelope_on_the_leg() {
        try (var upstream = FakeUpstream.legacy().on("tools/call", Script.result("{\"content\":[]}"))) {
            var meta = ",\"progressToken\":\"t\",\"traceparent\":\"00-1\",\"acme/x\":1";
            single(ask(upstream, post("1", "tools/call", "\"name\":\"echo\"", Facing.ABLE, meta)));

            var sent = arrived(upstream, "tools/call").findFirst().orElseThrow();
            assertThat(sent.body())
                    .contains("\"_meta\":{\"progressToken\":\"t\",\"traceparent\":\"00-1\",\"acme/x\":1}")
                    .doesNotContain("modelcontextprotocol");
            assertThat(sent.header("mcp-protocol-version")).isEqualTo("2025-11-25");
            assertThat(sent.header("mcp-session-id")).isNotEmpty();
            assertThat(sent.header("mcp-method") + sent.header("mcp-name")).isEmpty();
        }
    }

    @Test
    void an_upstream_is_greeted_once_however_many_calls_there_are() {
        try (var upstream = FakeUpstream.legacy().on("tools/call", Script.result("{\"content\":[]}"))) {
            var face = faces.of(Facing.NAMED, at(upstream.url(), 16, 4));
            var replies = Stream.iterate(1, i -> i + 1)
                    .limit(10)
                    .map(i -> face.send(call("c" + i, "echo")))
                    .toList();

            assertThat(replies).allSatisfy(reply -> single(got(reply)));
            assertThat(arrived(upstream, "initialize")).hasSize(1);
            assertThat(arrived(upstream, "initialize").findFirst().orElseThrow().body())
                    .contains("\"elicitation\":{\"form\":{},\"url\":{}}")
                    .contains("\"protocolVersion\":\"2025-11-25\"");
            assertThat(faces.legs()).isOne();
        }
    }

    @Test
    void results_say_what_the_modern_era_wants_said() {
        try (var upstream = FakeUpstream.legacy()) {
            var list = single(ask(upstream, post("1", "tools/list", "")));

            assertThat(raw(list, Place.RESULT_TYPE)).isEqualTo("\"complete\"");
            assertThat(raw(list, Place.RESULT_TTL_MS)).isEqualTo("30000");
            assertThat(raw(list, Place.RESULT_CACHE_SCOPE)).isEqualTo("\"private\"");
            assertThat(raw(list, Place.RESULT_META_SERVER_INFO)).contains("fake");
        }
    }

    @Test
    void a_method_behind_a_capability_the_upstream_lacks_is_not_found() {
        try (var upstream = FakeUpstream.legacy()) {
            var reply = ask(upstream, post("1", "prompts/list", ""));

            assertThat(reply).isInstanceOfSatisfying(Reply.Refused.class, refused -> {
                assertThat(refused.status()).isEqualTo(404);
                assertThat(raw(refused.body().getFirst(), Place.ERROR_CODE)).isEqualTo("-32601");
            });
            assertThat(arrived(upstream, "prompts/list")).isEmpty();
        }
    }

    @Test
    void a_forgotten_session_is_opened_again_and_the_call_sent_once_more() {
        var calls = new AtomicInteger();
        try (var upstream = FakeUpstream.legacy()
                .on(
                        "tools/call",
                        arrival -> calls.incrementAndGet() == 1
                                ? Script.error(404, -32001).answer(arrival)
                                : Script.result("{\"content\":[]}").answer(arrival))) {
            single(ask(upstream, call("1", "echo")));

            assertThat(arrived(upstream, "initialize")).hasSize(2);
            assertThat(arrived(upstream, "tools/call").map(sent -> sent.header("mcp-session-id")))
                    .hasSize(2)
                    .doesNotHaveDuplicates();
        }
    }

    /// Otherwise any client could make an upstream open sessions as often as it likes.
    @Test
    void a_method_that_is_not_found_is_no_session_that_is_not_found() {
        try (var upstream = FakeUpstream.legacy().on("acme/do", Script.error(404, -32601))) {
            var reply = ask(upstream, post("1", "acme/do", ""));

            assertThat(reply)
                    .isInstanceOfSatisfying(
                            Reply.Refused.class,
                            refused -> assertThat(refused.status()).isEqualTo(404));
            assertThat(arrived(upstream, "initialize")).hasSize(1);
        }
    }

    @Test
    void an_upstream_that_forgets_every_session_is_not_asked_forever() {
        try (var upstream = FakeUpstream.legacy().on("tools/call", Script.error(404, -32001))) {
            var reply = single(ask(upstream, call("1", "echo")));

            assertThat(raw(reply, Place.ERROR_CODE)).isEqualTo("-32603");
            assertThat(arrived(upstream, "tools/call")).hasSize(2);
        }
    }

    @Test
    void a_session_that_cannot_be_had_is_told_of_in_our_words() {
        try (var upstream = FakeUpstream.start()
                .on("initialize", Script.body(401, "application/json", "{\"secret\":\"of the upstream\"}"))) {
            assertThat(ask(upstream, call("1", "echo")))
                    .isEqualTo(new Reply.Failed(Fault.notSent("no session could be had: it answered with HTTP 401")));
            assertThat(arrived(upstream, "tools/call")).isEmpty();
        }
    }

    @Test
    void progress_and_only_the_log_that_was_asked_for_go_on() {
        Step[] said = {
            Step.event(progress("\"t\"")),
            Step.event(progress("\"other\"")),
            Step.event(log("debug")),
            Step.event(log("error"))
        };
        try (var upstream = FakeUpstream.legacy()
                .on("initialize", greeting("{\"tools\":{},\"logging\":{}}"))
                .on("logging/setLevel", Script.result("{}"))
                .on(
                        "tools/call",
                        Script.eventsOf(arrival -> Stream.concat(
                                        Stream.of(said),
                                        Stream.of(Step.event(Script.resultOf(arrival, "{\"content\":[]}")), Step.end()))
                                .toList()))) {
            var meta = ",\"progressToken\":\"t\",\"io.modelcontextprotocol/logLevel\":\"warning\"";
            var loud = ask(upstream, post("1", "tools/call", "\"name\":\"x\"", "{}", meta));
            assertThat(streamed(loud)).hasSize(3).satisfies(messages -> {
                assertThat(messages.getFirst().method()).isEqualTo("notifications/progress");
                assertThat(raw(messages.get(1), Place.PARAMS_LEVEL)).isEqualTo("\"error\"");
            });
            assertThat(arrived(upstream, "logging/setLevel").map(Arrival::body))
                    .singleElement()
                    .asString()
                    .contains("\"level\":\"warning\"");

            single(ask(upstream, call("2", "x")));
        }
    }

    @Test
    void a_level_nobody_knows_is_refused() {
        try (var upstream = FakeUpstream.legacy()) {
            var meta = ",\"io.modelcontextprotocol/logLevel\":\"loud\"";

            assertThat(ask(upstream, post("1", "tools/list", "", "{}", meta)))
                    .isInstanceOfSatisfying(Reply.Refused.class, refused -> {
                        assertThat(refused.status()).isEqualTo(400);
                        assertThat(raw(refused.body().getFirst(), Place.ERROR_CODE))
                                .isEqualTo("-32602");
                    });
        }
    }

    @Test
    void giving_a_call_up_tells_the_upstream() throws Exception {
        try (var upstream = FakeUpstream.legacy()
                .on("tools/call", Script.hang())
                .on("notifications/cancelled", Script.status(202))) {
            var face = faces.of(Principal.ANONYMOUS, at(upstream.url()));
            var given = face.send(call("1", "slow"));
            await(upstream, "tools/call");

            given.cancel(true);

            assertThat(await(upstream, "notifications/cancelled").body()).contains("\"requestId\":\"1\"");
        }
    }

    @Test
    void a_call_given_up_before_there_is_a_session_is_never_sent() throws Exception {
        var gate = new CompletableFuture<Void>();
        try (var upstream = FakeUpstream.legacy().on("tools/call", Script.result("{}"))) {
            upstream.on(
                    "initialize",
                    arrival -> Stream.concat(
                                    Stream.<Step>of(Step.await(gate)),
                                    greeting("{\"tools\":{}}").answer(arrival).stream())
                            .toList());
            var face = faces.of(Principal.ANONYMOUS, at(upstream.url()));
            var given = face.send(call("1", "echo"));
            await(upstream, "initialize");

            given.cancel(true);
            gate.complete(null);
            single(got(face.send(call("2", "echo"))));

            assertThat(arrived(upstream, "tools/call").map(Arrival::rpcId)).containsExactly("\"2\"");
        }
    }

    @Test
    void a_call_given_up_while_the_log_level_is_set_is_never_sent() throws Exception {
        var gate = new CompletableFuture<Void>();
        try (var upstream = FakeUpstream.legacy()
                .on("initialize", greeting("{\"tools\":{},\"logging\":{}}"))
                .on("notifications/cancelled", Script.status(202))
                .on("tools/call", Script.result("{}"))) {
            upstream.on(
                    "logging/setLevel",
                    arrival -> List.of(
                            Step.await(gate), Script.http(200, "application/json", Script.resultOf(arrival, "{}"))));
            var face = faces.of(Principal.ANONYMOUS, at(upstream.url()));
            var meta = ",\"io.modelcontextprotocol/logLevel\":\"error\"";
            var given = face.send(post("1", "tools/call", "\"name\":\"echo\"", "{}", meta));
            await(upstream, "logging/setLevel");

            given.cancel(true);
            gate.complete(null);
            single(got(face.send(post("2", "tools/call", "\"name\":\"echo\"", "{}", meta))));

            assertThat(arrived(upstream, "tools/call").map(Arrival::rpcId)).containsExactly("\"2\"");
        }
    }

    @Test
    void a_stream_the_upstream_ended_early_is_gone_on_with() {
        try (var upstream = FakeUpstream.legacy()
                .on("tools/call", Script.events(Step.event("e1", progress("\"t\"")), Step.end()))) {
            upstream.on(
                    "GET",
                    Script.events(
                            Step.event("{\"jsonrpc\":\"2.0\",\"id\":\"1\",\"result\":{\"content\":[]}}"), Step.end()));
            var quick = faces("resuming.delay = 1 ms");
            var reply = got(quick.of(Principal.ANONYMOUS, at(upstream.url()))
                    .send(post("1", "tools/call", "\"name\":\"x\"", "{}", ",\"progressToken\":\"t\"")));

            assertThat(streamed(reply)).hasSize(2);
            assertThat(arrived(upstream, "GET").findFirst().orElseThrow().header("last-event-id"))
                    .isEqualTo("e1");
            quick.close().join();
        }
    }

    @Test
    void a_stream_that_breaks_for_good_says_so() {
        try (var upstream =
                FakeUpstream.legacy().on("tools/call", Script.events(Step.event(log("error")), Step.drop()))) {
            assertThat(ask(upstream, call("1", "echo")))
                    .isInstanceOfSatisfying(
                            Reply.Failed.class,
                            failed -> assertThat(failed.fault().kind()).isEqualTo(Fault.Kind.UNKNOWN));
        }
    }

    @Test
    void a_tool_that_runs_as_a_task_only_is_called_as_one() {
        try (var upstream = FakeUpstream.legacy()
                .on("initialize", greeting("{\"tools\":{},\"tasks\":{\"requests\":{\"tools\":{\"call\":{}}}}}"))
                .on(
                        "tools/call",
                        arrival -> arrival.body().contains("\"task\":{}")
                                ? Script.result("{\"task\":{\"taskId\":\"t1\",\"status\":\"working\"}}")
                                        .answer(arrival)
                                : Script.error(200, -32601).answer(arrival))
                .on(
                        "tasks/result",
                        Script.result("{\"content\":[],\"_meta\":{"
                                + "\"io.modelcontextprotocol/related-task\":{\"taskId\":\"t1\"}}}"))) {
            var first = single(ask(upstream, call("1", "long")));
            single(ask(upstream, call("2", "long")));

            assertThat(first.id()).contains(new Id.Text("1"));
            assertThat(raw(first, Place.RESULT)).contains("\"content\":[]").doesNotContain("related-task");
            assertThat(arrived(upstream, "tasks/result").map(Arrival::body))
                    .allMatch(body -> body.contains("\"taskId\":\"t1\""));
            assertThat(arrived(upstream, "tools/call")).hasSize(3);
        }
    }

    private static Script greeting(String capabilities) {
        return Script.result(
                "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":" + capabilities
                        + ",\"serverInfo\":{\"name\":\"fake\",\"version\":\"1\"}}",
                "Mcp-Session-Id: s1");
    }

    private static Arrival await(FakeUpstream upstream, String key) throws Exception {
        for (var next = upstream.next(); ; next = upstream.next()) {
            if (next.key().equals(key)) {
                return next;
            }
        }
    }

    private static String progress(String token) {
        return "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"progress\":1,\"progressToken\":"
                + token + "}}";
    }

    private static String log(String level) {
        return "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{\"level\":\"" + level
                + "\",\"data\":\"x\"}}";
    }
}
