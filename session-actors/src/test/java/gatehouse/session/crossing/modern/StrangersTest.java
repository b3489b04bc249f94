package gatehouse.session.crossing.modern;

import static gatehouse.session.crossing.modern.Facing.call;
import static gatehouse.session.crossing.modern.Facing.post;
import static gatehouse.session.crossing.modern.Facing.raw;
import static gatehouse.session.crossing.modern.ParkingTest.eventually;
import static gatehouse.session.upstream.Upstreaming.got;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.config.catalogue.Catalogue;
import gatehouse.config.catalogue.Speaks;
import gatehouse.config.catalogue.Upstream;
import gatehouse.policy.verdict.Principal;
import gatehouse.session.crossing.Wires;
import gatehouse.session.fake.Arrival;
import gatehouse.session.fake.Dialogue;
import gatehouse.session.fake.FakeSse;
import gatehouse.session.fake.FakeUpstream;
import gatehouse.session.fake.Script;
import gatehouse.session.fake.Step;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Place;
import gatehouse.session.upstream.Eras;
import gatehouse.session.upstream.Outbound;
import gatehouse.session.upstream.Reply;
import gatehouse.session.upstream.Upstreaming;
import gatehouse.session.upstream.Upstreams;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// All who come without a key are one principal and strangers to each other: what one of them is asked reaches no
/// other, nor does it wait for one.
class StrangersTest {

    private static final ActorTestKit KIT = Upstreaming.kit();

    private final Upstreams upstreams = new Upstreams(KIT.system(), Upstreaming.settings());
    private final AtomicReference<Instant> time = new AtomicReference<>(Instant.parse("2026-11-28T12:00:00Z"));
    private final Wires wires = new Wires(
            upstreams,
            new Eras(KIT.system(), upstreams, Upstreaming.settings().probing(), time::get),
            KIT.system().executionContext());
    private final FakeUpstream upstream = FakeUpstream.legacy().on("notifications/cancelled", Script.status(202));
    private final Dialogue dialogue = Dialogue.with(upstream);
    private Speaks speaks = Speaks.LEGACY;
    private ModernFaces faces = faces();

    private ModernFaces faces(String... settings) {
        return new ModernFaces(KIT.system(), wires::legacy, Facing.settings(settings), time::get);
    }

    @AfterEach
    void close() {
        faces.close().join();
        wires.retain(Catalogue.EMPTY);
        upstreams.close();
        upstream.close();
    }

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    @Test
    void each_of_several_is_asked_its_own_question() {
        upstream.on("tools/call", this::asksByName);

        eachIsAskedItsOwn();

        assertThat(sessions("tools/call")).hasSize(2).doesNotHaveDuplicates();
        eventually(() -> sessions("DELETE").containsAll(sessions("tools/call")));
    }

    @Test
    void each_of_several_is_asked_its_own_question_over_http_sse() {
        overSse();

        eachIsAskedItsOwn();
    }

    private void eachIsAskedItsOwn() {
        var one = send(call("1", "ada"));
        var other = send(call("2", "bob"));
        var askingOne = single(got(one));
        var askingOther = single(got(other));

        assertThat(raw(askingOne, Place.RESULT_INPUT_REQUESTS)).contains("ada?").doesNotContain("bob?");
        assertThat(raw(askingOther, Place.RESULT_INPUT_REQUESTS))
                .contains("bob?")
                .doesNotContain("ada?");
        assertThat(text(got(send(answer("3", askingOther, "bob"))))).contains("from bob");
        assertThat(text(got(send(answer("4", askingOne, "ada"))))).contains("from ada");
        eventually(() -> faces.legs() == 0);
    }

    @Test
    void one_that_never_answers_keeps_nobody_from_being_asked() {
        overSse();
        single(got(send(call("1", "silent"))));

        for (var name : List.of("ada", "bob")) {
            var asking = single(got(send(call(name, name))));
            assertThat(raw(asking, Place.RESULT_INPUT_REQUESTS)).contains(name + "?");
            assertThat(text(got(send(answer(name + "2", asking, name))))).contains("from " + name);
        }
        assertThat(faces.parked()).isOne();

        faces.retain(Catalogue.EMPTY, time.get());
        eventually(() -> faces.parked() == 0 && faces.legs() == 0);
    }

    /// As upstreams do that ask for them once in a session.
    @Test
    void roots_that_an_upstream_keeps_with_its_session_are_no_strangers() {
        var known = new ConcurrentHashMap<String, String>();
        upstream.on("tools/call", arrival -> {
            var session = arrival.header("mcp-session-id");
            return known.containsKey(session)
                    ? Script.result(Dialogue.text(known.get(session))).answer(arrival)
                    : asksForRoots(arrival, known);
        });
        var asking = single(got(send(call("1", "list"))));
        assertThat(text(got(send(again("2", "list", asking, "{\"roots\":[{\"uri\":\"file:///srv/ada\"}]}")))))
                .contains("/srv/ada");

        var stranger = single(got(send(call("3", "list"))));

        assertThat(raw(stranger, Place.RESULT)).doesNotContain("/srv/ada");
        assertThat(raw(stranger, Place.RESULT_INPUT_REQUESTS)).contains("roots/list");
    }

    /// Over HTTP+SSE an upstream's own question counts as part of whatever is under way.
    @Test
    void who_asks_for_a_list_among_strangers_is_asked_nothing() {
        upstream.on("tools/list", arrival -> {
            var question = dialogue.question("roots/list", "{}");
            return Script.eventsOf(call -> List.of(
                            question.put(),
                            question.awaited(),
                            Step.event(Script.resultOf(call, "{\"tools\":[]}")),
                            Step.end()))
                    .answer(arrival);
        });

        assertThat(text(got(send(post("1", "tools/list", ""))))).contains("\"tools\":[]");

        assertThat(upstream.arrivals())
                .filteredOn(arrival -> arrival.key().equals("POST"))
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.body()).contains("-32601"));
        assertThat(faces.parked()).isZero();
    }

    @Test
    void where_one_went_on_an_upstreams_word_no_stranger_has_been() {
        var sent = ConcurrentHashMap.<String>newKeySet();
        var error = "{\"code\":-32042,\"message\":\"first\",\"data\":{\"elicitations\":[{\"mode\":\"url\","
                + "\"elicitationId\":\"e\",\"url\":\"https://consent.example\",\"message\":\"Agree\"}]}}";
        upstream.on(
                "tools/call",
                arrival -> sent.add(arrival.header("mcp-session-id"))
                        ? List.of(Script.http(
                                200,
                                "application/json",
                                "{\"jsonrpc\":\"2.0\",\"id\":" + arrival.rpcId() + ",\"error\":" + error + "}"))
                        : Script.result(Dialogue.text("your mail")).answer(arrival));

        var first = single(got(send(call("1", "mail"))));
        var stranger = single(got(send(call("2", "mail"))));

        assertThat(List.of(first, stranger))
                .allSatisfy(asking ->
                        assertThat(raw(asking, Place.RESULT_INPUT_REQUESTS)).contains("https://consent.example"));
    }

    @Test
    void a_leg_whose_call_was_asked_nothing_is_had_again_and_ends_when_it_was_idle_for_long() {
        upstream.on("tools/call", Script.result(Dialogue.text("done")));
        for (var name : List.of("1", "2", "3")) {
            assertThat(text(got(send(call(name, "plain"))))).contains("done");
        }
        assertThat(sessions("tools/call"))
                .hasSize(3)
                .containsOnly(sessions("tools/call").getFirst());
        assertThat(faces.legs()).isOne();

        time.set(time.get().plusSeconds(301));
        faces.sweep();

        assertThat(faces.legs()).isZero();
        eventually(
                () -> sessions("DELETE").equals(List.of(sessions("tools/call").getFirst())));
    }

    @Test
    void there_are_no_more_legs_than_calls_at_once_and_none_in_the_end() {
        var gate = new CompletableFuture<Void>();
        upstream.on(
                "tools/call",
                arrival -> List.of(
                        Step.await(gate),
                        Script.http(200, "application/json", Script.resultOf(arrival, Dialogue.text("done")))));
        var calls = IntStream.range(0, 5)
                .mapToObj(i -> send(call("c" + i, "plain")))
                .toList();
        eventually(() -> sessions("tools/call").size() == 5);
        assertThat(faces.legs()).isEqualTo(5);

        gate.complete(null);
        calls.forEach(call -> assertThat(text(got(call))).contains("done"));
        got(send(call("last", "plain")));
        assertThat(faces.legs()).isEqualTo(5);

        time.set(time.get().plusSeconds(301));
        faces.sweep();
        assertThat(faces.legs()).isZero();
    }

    @Test
    void a_leg_whose_call_was_given_up_is_nobodys_next() {
        upstream.on("tools/call", Script.hang());
        var given = send(call("1", "slow"));
        eventually(() -> sessions("tools/call").size() == 1);

        given.cancel(true);

        eventually(() -> faces.legs() == 0 && sessions("DELETE").equals(sessions("tools/call")));
    }

    @Test
    void one_more_than_there_may_be_is_refused_and_those_that_cannot_be_asked_are_not() {
        faces = faces("legs.of-anonymous = 1");
        upstream.on("tools/call", this::asksByName).on("prompts/get", Script.result("{}"));
        single(got(send(call("1", "ada"))));

        var refused = single(got(send(call("2", "bob"))));

        assertThat(raw(refused, Place.ERROR_MESSAGE))
                .isEqualTo("\"no session can be had at the upstream: all 1 that calls without an agent key may have"
                        + " there, each for itself as its client can be asked, are in use; nothing was sent\"");
        assertThat(raw(refused, Place.ERROR_DATA)).contains("not sent");
        assertThat(sessions("tools/call")).hasSize(1);

        upstream.on("tools/call", Script.result(Dialogue.text("done")));
        assertThat(text(got(send(post("3", "tools/call", "\"name\":\"plain\"", "{}", "")))))
                .contains("done");
        assertThat(single(got(send(post("4", "tools/list", ""))))).isNotNull();
        assertThat(text(got(faces.of(Facing.NAMED, declared()).send(call("5", "plain")))))
                .contains("done");
    }

    @Test
    void where_the_node_holds_no_more_it_is_said_so() {
        faces = faces("legs.of-upstream = 1", "legs.of-node = 1");
        upstream.on("tools/call", this::asksByName);
        single(got(send(call("1", "ada"))));

        var refused = single(got(send(call("2", "bob"))));

        assertThat(raw(refused, Place.ERROR_MESSAGE)).contains("this node holds as many as it may");
        assertThat(faces.legs()).isOne();
    }

    @Test
    void calls_of_a_principal_with_a_name_go_on_sharing_its_leg() {
        upstream.on("tools/call", this::asksByName);
        var face = faces.of(Facing.NAMED, declared());

        single(got(face.send(call("1", "ada"))));
        single(got(face.send(call("2", "bob"))));

        assertThat(faces.legs()).isOne();
        assertThat(sessions("tools/call"))
                .hasSize(2)
                .containsOnly(sessions("tools/call").getFirst());
    }

    private Upstream declared() {
        var whole = Upstreaming.at(upstream.url(), 16, 16);
        return new Upstream(
                whole.id(),
                whole.tenant(),
                whole.url(),
                speaks,
                whole.network(),
                whole.calls(),
                whole.streams(),
                whole.connect(),
                whole.deadline(),
                whole.quiet());
    }

    private CompletableFuture<Reply> send(Outbound.Post post) {
        return faces.of(Principal.ANONYMOUS, declared()).send(post);
    }

    private static Message single(Reply reply) {
        assertThat(reply).isInstanceOf(Reply.Single.class);
        return ((Reply.Single) reply).message();
    }

    private static String text(Reply reply) {
        return raw(single(reply), Place.RESULT);
    }

    private static Outbound.Post answer(String id, Message asking, String name) {
        return again(id, name, asking, "{\"action\":\"accept\",\"content\":{\"name\":\"from " + name + "\"}}");
    }

    private static Outbound.Post again(String id, String tool, Message asking, String response) {
        return post(
                id,
                "tools/call",
                "\"name\":\"" + tool + "\",\"arguments\":{},\"requestState\":\""
                        + asking.text(Place.RESULT_REQUEST_STATE).orElseThrow()
                        + "\",\"inputResponses\":{\"question-1\":" + response + "}");
    }

    /// Of the requests of that kind, in their order.
    private List<String> sessions(String key) {
        return upstream.arrivals().stream()
                .filter(arrival -> arrival.key().equals(key))
                .map(arrival -> arrival.header("mcp-session-id"))
                .toList();
    }

    /// Each tool asks for the one it is named after.
    private List<Step> asksByName(Arrival arrival) {
        return dialogue.asking("elicitation/create", Dialogue.form(tool(arrival) + "?"))
                .answer(arrival);
    }

    private List<Step> asksForRoots(Arrival arrival, ConcurrentHashMap<String, String> known) {
        var question = dialogue.question("roots/list", "{}");
        return Script.eventsOf(call -> List.of(
                        question.put(),
                        question.awaited(),
                        Step.later(() -> {
                            known.put(call.header("mcp-session-id"), question.result());
                            return Step.event(Script.resultOf(call, Dialogue.text(question.result())));
                        }),
                        Step.end()))
                .answer(arrival);
    }

    /// The same over HTTP+SSE, where all that is said in a session goes over one stream.
    private void overSse() {
        speaks = Speaks.SSE;
        var calls = new ConcurrentHashMap<String, Arrival>();
        FakeSse.at(upstream)
                .on("tools/call", call -> {
                    var id = "\"about-" + tool(call) + "\"";
                    calls.put(id, call);
                    return List.of(
                            Step.event("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"elicitation/create\","
                                    + "\"params\":" + Dialogue.form(tool(call) + "?") + "}"));
                })
                .on("POST", answer -> {
                    var call = calls.get(answer.rpcId());
                    return call == null
                            ? List.of()
                            : List.of(Step.event(Script.resultOf(call, Dialogue.text(answer.body()))));
                });
    }

    private static String tool(Arrival call) {
        var from = call.body().indexOf("\"name\":\"") + "\"name\":\"".length();
        return call.body().substring(from, call.body().indexOf('"', from));
    }
}
