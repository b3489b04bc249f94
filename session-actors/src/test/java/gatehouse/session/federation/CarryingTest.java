package gatehouse.session.federation;

import static gatehouse.session.federation.Federating.ALICE;
import static gatehouse.session.federation.Federating.arrivals;
import static gatehouse.session.federation.Federating.list;
import static gatehouse.session.federation.Federating.post;
import static gatehouse.session.federation.Federating.raw;
import static gatehouse.session.federation.Federating.single;
import static gatehouse.session.federation.Federating.tool;
import static gatehouse.session.upstream.Upstreaming.got;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.session.fake.FakeUpstream;
import gatehouse.session.fake.Script;
import gatehouse.session.fake.Step;
import gatehouse.session.mcp.Place;
import gatehouse.session.upstream.Event;
import gatehouse.session.upstream.Reply;
import gatehouse.session.upstream.Upstreaming;
import gatehouse.session.upstream.Upstreams;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.javadsl.Sink;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CarryingTest {

    private static final ActorTestKit KIT = Upstreaming.kit();
    private static final Map<String, String> NO_TIME = Map.of("ttlMs", "0", "cacheScope", "\"private\"");

    private final Upstreams upstreams = new Upstreams(KIT.system(), Upstreaming.settings());
    private final LinkedHashMap<String, FakeUpstream> fakes = new LinkedHashMap<>();
    private final Federations federations = Federating.federations(KIT.system(), InstantSource.system());

    @AfterEach
    void close() {
        upstreams.close();
        fakes.values().forEach(FakeUpstream::close);
    }

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    private FakeUpstream member(String alias) {
        var fake = FakeUpstream.modern()
                .on("tools/list", Script.result(list(NO_TIME, "tools", tool("t"))))
                .on("resources/list", Script.result(list(NO_TIME, "resources", resource(alias + ":1"))))
                .on("resources/templates/list", Script.error(404, -32601));
        fakes.put(alias, fake);
        return fake;
    }

    private static String resource(String uri) {
        return "{\"uri\":\"" + uri + "\",\"name\":\"n\"}";
    }

    private Reply ask(int id, String method, String members) {
        return got(federations.peer(Federating.joint(ALICE, upstreams, fakes)).send(post(id, method, members)));
    }

    /// Many upstreams give their lists no time to live. A call must not cost a list of each of them.
    @Test
    void whose_a_request_is_is_asked_once_even_where_lists_have_no_time_to_live() {
        var a = member("a")
                .on(
                        "resources/read",
                        Script.result(
                                "{\"contents\":[{\"uri\":\"a:1\",\"text\":\"\"}],\"resultType\":\"complete\",\"ttlMs\":0,"
                                        + "\"cacheScope\":\"private\"}"))
                .on(
                        "tools/call",
                        Script.result("{\"content\":[{\"type\":\"resource_link\",\"uri\":\"a:1\",\"name\":\"n\"}],"
                                + "\"resultType\":\"complete\"}"));
        member("b");

        for (int i = 1; i <= 3; i++) {
            assertThat(raw(single(ask(i, "resources/read", "\"uri\":\"a:1\",")), Place.RESULT))
                    .contains("\"uri\":\"a:1\"");
            assertThat(raw(single(ask(i, "tools/call", "\"name\":\"a__t\",")), Place.RESULT))
                    .contains("\"uri\":\"a:1\"");
        }

        assertThat(arrivals(a, "resources/read")).hasSize(3);
        assertThat(arrivals(a, "resources/list")).hasSize(1);
        assertThat(arrivals(a, "tools/list")).hasSize(1);
    }

    @Test
    void a_stream_of_a_member_is_carried_message_by_message_and_its_answer_renamed() {
        member("a")
                .on(
                        "tools/call",
                        Script.eventsOf(arrival -> List.of(
                                Step.event("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":"
                                        + "{\"level\":\"info\",\"data\":{\"uri\":\"b:1\"}}}"),
                                Step.event(Script.resultOf(
                                        arrival,
                                        "{\"content\":[{\"type\":\"resource_link\",\"uri\":\"b:1\",\"name\":\"n\"}],"
                                                + "\"resultType\":\"complete\"}")),
                                Step.end())));
        member("b");

        var events = ((Reply.Streamed) ask(1, "tools/call", "\"name\":\"a__t\","))
                .events()
                .mapConcat(Event::message)
                .runWith(Sink.seq(), KIT.system())
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();

        assertThat(events).hasSize(2);
        assertThat(events.getFirst().bytes().utf8String()).contains("\"data\":{\"uri\":\"b:1\"}");
        assertThat(raw(events.getLast(), Place.RESULT)).contains("\"uri\":\"gatehouse+a:b:1\"");
    }

    @Test
    void an_error_about_a_resource_names_it_as_the_client_did() {
        member("a")
                .on(
                        "resources/read",
                        Script.body(
                                200,
                                "application/json",
                                "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32602,\"message\":\"no\","
                                        + "\"data\":{\"uri\":\"x:9\"}}}"));
        member("b");

        var answer = single(ask(1, "resources/read", "\"uri\":\"gatehouse+a:x:9\","));

        assertThat(raw(answer, Place.ERROR_DATA)).isEqualTo("{\"uri\":\"gatehouse+a:x:9\"}");
    }

    @Test
    void a_prompt_is_fetched_under_its_own_name_and_what_it_embeds_leads_back() {
        var a = member("a")
                .on("prompts/list", Script.result(list(NO_TIME, "prompts", "{\"name\":\"p/q\"}")))
                .on(
                        "prompts/get",
                        Script.result(
                                "{\"messages\":[{\"role\":\"user\",\"content\":{\"type\":\"resource\",\"resource\":"
                                        + "{\"uri\":\"ui://app/x\",\"text\":\"\"}}}],\"resultType\":\"complete\"}"));
        member("b");

        var answer = single(ask(1, "prompts/get", "\"name\":\"a__p_q\","));

        assertThat(raw(answer, Place.RESULT)).contains("\"uri\":\"ui://a/app/x\"");
        assertThat(arrivals(a, "prompts/get").getFirst().header("Mcp-Name")).isEqualTo("p/q");
    }
}
