package gatehouse.session.crossing.legacy;

import static gatehouse.session.crossing.legacy.Stand.call;
import static gatehouse.session.crossing.legacy.Stand.post;
import static gatehouse.session.crossing.legacy.Stand.single;
import static gatehouse.session.upstream.Upstreaming.at;
import static gatehouse.session.upstream.Upstreaming.got;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.config.catalogue.Course;
import gatehouse.session.fake.Script;
import gatehouse.session.lifecycle.Change;
import gatehouse.session.lifecycle.Session;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Place;
import gatehouse.session.upstream.Header;
import gatehouse.session.upstream.Outbound;
import gatehouse.session.upstream.Peer;
import gatehouse.session.upstream.Reply;
import gatehouse.session.upstream.Upstreaming;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LegacyFaceTest {

    private static final ActorTestKit KIT = Upstreaming.kit();
    private static final Session OLD = Fronting.session("2025-06-18", "{}");
    private static final String DONE = "{\"resultType\":\"complete\",\"content\":[]}";
    private static final String ANNOTATED = "{\"name\":\"tool\",\"inputSchema\":{\"type\":\"object\","
            + "\"properties\":{\"region\":{\"type\":\"string\",\"x-mcp-header\":\"Region\"}}}}";

    private final Stand stand = new Stand(KIT.system());

    @AfterEach
    void close() {
        stand.close();
    }

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    private static Script tools(String tools) {
        return Script.result(
                "{\"resultType\":\"complete\",\"tools\":[" + tools + "],\"ttlMs\":0,\"cacheScope\":\"private\"}");
    }

    @Test
    void a_session_is_opened_out_of_what_the_upstream_offers() {
        var initialize = post(
                "initialize",
                "{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{\"roots\":{\"listChanged\":true}},"
                        + "\"clientInfo\":{\"name\":\"old\",\"version\":\"1\"}}");

        var greeting = single(got(stand.face(Session.ABSENT).send(initialize)));

        assertThat(greeting.id()).contains(Stand.ID);
        assertThat(greeting.text(Place.RESULT_PROTOCOL_VERSION)).contains("2025-06-18");
        assertThat(stand.arrivals("server/discover"))
                .singleElement()
                .satisfies(arrival -> assertThat(arrival.body())
                        .contains("\"io.modelcontextprotocol/clientCapabilities\":{\"roots\":{}}")
                        .contains("\"io.modelcontextprotocol/clientInfo\":{\"name\":\"old\",\"version\":\"1\"}")
                        .doesNotContain("2025-06-18"));
    }

    @Test
    void a_call_stands_alone_and_repeats_itself_in_headers() {
        stand.upstream.on("tools/call", Script.result(DONE)).on("tools/list", tools(""));

        var answer = single(got(stand.face(OLD)
                .send(post("tools/call", "{\"name\":\"tool\"}", new Header("Mcp-Param-Region", "forged")))));

        assertThat(answer).isEqualTo(Message.result(Stand.ID, "{\"content\":[]}"));
        var arrival = stand.arrivals("tools/call").getFirst();
        assertThat(arrival.header("MCP-Protocol-Version")).isEqualTo("2026-07-28");
        assertThat(arrival.header("Mcp-Method")).isEqualTo("tools/call");
        assertThat(arrival.header("Mcp-Name")).isEqualTo("tool");
        assertThat(arrival.header("Mcp-Session-Id")).isEmpty();
        assertThat(arrival.header("Mcp-Param-Region")).isEmpty();
        assertThat(arrival.body()).contains("\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\"");
    }

    /// Else a route that leads back to the gateway would go on for ever, and one agent could take all connections.
    @Test
    void a_call_keeps_its_owner_and_the_count_of_gateways_it_has_passed() {
        var sent = new ArrayList<Outbound>();
        Peer modern = outbound -> {
            sent.add(outbound);
            return CompletableFuture.completedFuture(new Reply.Accepted());
        };
        var hop = new Header("Via", "1.1 gatehouse");
        var read = post("resources/read", "{\"uri\":\"a:b\"}", hop);

        got(stand.faces
                .of(Course.to(at(stand.upstream.url())), modern, OLD.principal(), OLD)
                .send(new Outbound.Post(read.message(), read.headers(), read.deadline(), "alice")));

        assertThat(sent).singleElement().satisfies(outbound -> {
            assertThat(outbound.owner()).isEqualTo("alice");
            assertThat(outbound.headers()).contains(hop);
        });
    }

    @Test
    void what_a_client_must_not_say_itself_is_not_said() {
        stand.upstream.on("resources/read", Script.result("{\"contents\":[]}"));

        got(stand.face(OLD)
                .send(post(
                        "resources/read",
                        "{\"uri\":\"a:b\",\"requestState\":\"forged\",\"inputResponses\":{\"x\":{}}}")));

        assertThat(stand.arrivals("resources/read").getFirst().body())
                .doesNotContain("forged")
                .doesNotContain("inputResponses");
    }

    @Test
    void arguments_are_repeated_where_their_tool_wants_it_which_is_learnt_once() {
        stand.upstream
                .on("tools/call", Script.result(DONE))
                .on(
                        "tools/list",
                        arrival -> (arrival.body().contains("\"cursor\"")
                                        ? tools(ANNOTATED)
                                        : Script.result("{\"tools\":[],\"nextCursor\":\"2\"}"))
                                .answer(arrival));

        got(stand.face(OLD).send(call("{\"region\":\"eu\"}")));
        got(stand.face(OLD).send(call("{\"region\":\"Zürich\"}")));

        assertThat(stand.arrivals("tools/list")).hasSize(2);
        assertThat(stand.arrivals("tools/call"))
                .extracting(arrival -> arrival.header("Mcp-Param-Region"))
                .containsExactly("eu", "=?base64?WsO8cmljaA==?=");
    }

    @Test
    void a_list_that_leads_in_circles_is_not_followed_forever() {
        stand.upstream
                .on("tools/call", Script.result(DONE))
                .on("tools/list", Script.result("{\"tools\":[],\"nextCursor\":\"again\"}"));

        got(stand.face(OLD).send(call("{}")));

        assertThat(stand.arrivals("tools/list")).hasSize(2);
    }

    @Test
    void headers_the_upstream_refuses_are_learnt_anew_and_sent_once_more() {
        stand.upstream.on("tools/list", tools("")).on("tools/call", arrival -> {
            stand.upstream.on("tools/list", tools(ANNOTATED));
            return (arrival.header("Mcp-Param-Region").isEmpty() ? Script.error(400, -32020) : Script.result(DONE))
                    .answer(arrival);
        });

        var answer = single(got(stand.face(OLD).send(call("{\"region\":\"eu\"}"))));

        assertThat(answer.kind()).isEqualTo(Message.Kind.RESULT);
        assertThat(stand.arrivals("tools/call")).hasSize(2);
    }

    @Test
    void headers_that_stay_wrong_are_not_tried_forever() {
        stand.upstream.on("tools/list", tools(ANNOTATED)).on("tools/call", Script.error(400, -32020));

        var answer = single(got(stand.face(OLD).send(call("{\"region\":\"eu\"}"))));

        assertThat(raw(answer, Place.ERROR_CODE)).isEqualTo("-32603");
        assertThat(stand.arrivals("tools/call")).hasSize(2);
    }

    @Test
    void a_list_that_cannot_be_had_keeps_no_call_back() {
        stand.upstream.on("tools/list", Script.status(503)).on("tools/call", Script.result(DONE));

        got(stand.face(OLD).send(call("{}")));
        got(stand.face(OLD).send(call("{}")));

        assertThat(stand.arrivals("tools/call")).hasSize(2);
        assertThat(stand.arrivals("tools/list")).hasSize(1);
    }

    @Test
    void tools_are_shown_as_old_clients_know_them() {
        stand.upstream.on(
                "tools/list", tools(ANNOTATED + ",{\"name\":\"bad\",\"inputSchema\":{\"x-mcp-header\":\"A\"}}"));

        var answer = single(got(stand.face(OLD).send(post("tools/list", "{}"))));

        assertThat(answer).isEqualTo(Message.result(Stand.ID, "{\"tools\":[" + ANNOTATED + "]}"));
    }

    @Test
    void a_list_that_comes_as_a_stream_is_shown_so_too() {
        stand.upstream.on(
                "tools/list", Script.resultAsEvents("{\"resultType\":\"complete\",\"tools\":[],\"ttlMs\":1}"));

        var stream = stand.open(got(stand.face(OLD).send(post("tools/list", "{}"))));

        assertThat(Stand.next(stream)).isEqualTo(Message.result(Stand.ID, "{\"tools\":[]}"));
        assertThat(Stand.ended(stream)).isTrue();
    }

    @Test
    void an_unknown_method_is_an_error_and_no_lost_session() {
        stand.upstream.on("foo/bar", Script.error(404, -32601));

        var answer = single(got(stand.face(OLD).send(post("foo/bar", "{}"))));

        assertThat(raw(answer, Place.ERROR_CODE)).isEqualTo("-32601");
    }

    @ParameterizedTest
    @ValueSource(strings = {"server/discover", "subscriptions/listen", "tasks/update"})
    void methods_of_the_other_era_are_unknown_in_this_one(String method) {
        var answer = single(got(stand.face(OLD).send(post(method, "{}"))));

        assertThat(raw(answer, Place.ERROR_CODE)).isEqualTo("-32601");
        assertThat(stand.upstream.arrivals()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ping", "logging/setLevel", "resources/unsubscribe"})
    void what_only_sessions_have_is_answered_here(String method) {
        assertThat(single(got(stand.face(OLD).send(post(method, "{}"))))).isEqualTo(Message.result(Stand.ID, "{}"));
        assertThat(stand.upstream.arrivals()).isEmpty();
    }

    @Test
    void resources_are_subscribed_to_where_the_upstream_tells_of_them_and_up_to_a_bound() {
        var subscribe = post("resources/subscribe", "{\"uri\":\"a:c\"}");
        assertThat(raw(single(got(stand.face(OLD).send(subscribe))), Place.ERROR_CODE))
                .isEqualTo("-32601");

        try (var telling = new Stand(KIT.system())) {
            telling.upstream.on(
                    "server/discover", Script.result("{\"capabilities\":{\"resources\":{\"subscribe\":true}}}"));
            var one = OLD.after(new Change.Subscribed("a:a"), Fronting.BOUNDS);
            var two = one.after(new Change.Subscribed("a:b"), Fronting.BOUNDS);

            assertThat(single(got(telling.face(one).send(subscribe)))).isEqualTo(Message.result(Stand.ID, "{}"));
            assertThat(raw(single(got(telling.face(two).send(subscribe))), Place.ERROR_MESSAGE))
                    .contains("has 2 subscriptions");
        }
    }

    @Test
    void notifications_and_farewells_end_here() {
        var face = stand.face(OLD);
        var initialized = new Outbound.Post(
                Message.notification("notifications/initialized", "{}"), List.of(), Duration.ofSeconds(1));

        assertThat(got(face.send(initialized))).isEqualTo(new Reply.Accepted());
        assertThat(got(face.send(new Outbound.Delete(List.of())))).isEqualTo(new Reply.Accepted());
        assertThat(stand.upstream.arrivals()).isEmpty();
    }

    @Test
    void a_task_nobody_asked_for_is_held_back() {
        stand.upstream
                .on("tools/list", tools(""))
                .on("tools/call", Script.result("{\"resultType\":\"task\",\"taskId\":\"t\",\"status\":\"working\"}"));

        var answer = single(got(stand.face(OLD).send(call("{}"))));

        assertThat(raw(answer, Place.ERROR_MESSAGE)).contains("of a kind this client does not know");
    }

    @Test
    void giving_up_while_the_tools_are_learnt_sends_no_call() throws Exception {
        stand.upstream.on("tools/list", Script.hang()).on("tools/call", Script.result(DONE));
        var given = stand.face(OLD).send(call("{}"));
        assertThat(stand.upstream.next().key()).isEqualTo("tools/list");

        given.cancel(true);
        stand.upstream.hangUp();
        got(stand.face(OLD).send(call("{}")));

        assertThat(stand.arrivals("tools/call")).hasSize(1);
    }

    private static String raw(Message message, Place place) {
        return message.raw(place).map(ByteString::utf8String).orElse("");
    }
}
