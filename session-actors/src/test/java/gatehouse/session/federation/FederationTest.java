package gatehouse.session.federation;

import static gatehouse.session.federation.Federating.ALICE;
import static gatehouse.session.federation.Federating.BOB;
import static gatehouse.session.federation.Federating.arrivals;
import static gatehouse.session.federation.Federating.list;
import static gatehouse.session.federation.Federating.post;
import static gatehouse.session.federation.Federating.raw;
import static gatehouse.session.federation.Federating.single;
import static gatehouse.session.federation.Federating.tool;
import static gatehouse.session.upstream.Upstreaming.got;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.policy.verdict.Principal;
import gatehouse.session.fake.FakeUpstream;
import gatehouse.session.fake.Script;
import gatehouse.session.mcp.Place;
import gatehouse.session.upstream.Fault;
import gatehouse.session.upstream.Outbound;
import gatehouse.session.upstream.Reply;
import gatehouse.session.upstream.Upstreaming;
import gatehouse.session.upstream.Upstreams;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FederationTest {

    private static final ActorTestKit KIT = Upstreaming.kit();
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final Map<String, String> PUBLIC = Map.of("ttlMs", "60000", "cacheScope", "\"public\"");
    private static final Map<String, String> PRIVATE = Map.of("ttlMs", "60000", "cacheScope", "\"private\"");

    private final Upstreams upstreams = new Upstreams(KIT.system(), Upstreaming.settings());
    private final AtomicReference<Instant> time = new AtomicReference<>(NOW);
    private final LinkedHashMap<String, FakeUpstream> fakes = new LinkedHashMap<>();
    private Federations federations = federations();

    private Federations federations(String... settings) {
        return Federating.federations(KIT.system(), time::get, settings);
    }

    private FakeUpstream member(String alias) {
        var fake = FakeUpstream.modern();
        fakes.put(alias, fake);
        return fake;
    }

    private Reply ask(Principal principal, Outbound.Post post) {
        return got(
                federations.peer(Federating.joint(principal, upstreams, fakes)).send(post));
    }

    private String asked(Outbound.Post post) {
        return single(ask(ALICE, post)).bytes().utf8String();
    }

    @AfterEach
    void close() {
        upstreams.close();
        fakes.values().forEach(FakeUpstream::close);
    }

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    @Test
    void tools_of_all_members_are_one_list_and_only_their_names_change() {
        member("b").on("tools/list", Script.result(list(PUBLIC, "tools", tool("two"), tool("one"))));
        member("a").on("tools/list", Script.result(list(PUBLIC, "tools", tool("x.y"))));

        var answer = single(ask(ALICE, post(7, "tools/list", "")));

        assertThat(raw(answer, Place.RESULT_TOOLS))
                .isEqualTo("[" + tool("b__one") + "," + tool("b__two") + "," + tool("a__x_y") + "]");
        assertThat(raw(answer, Place.ID)).isEqualTo("7");
        assertThat(raw(answer, Place.RESULT_TTL_MS)).isEqualTo("60000");
        assertThat(raw(answer, Place.RESULT))
                .contains("\"cacheScope\":\"public\"")
                .doesNotContain("partial");
    }

    @Test
    void all_pages_of_a_member_are_followed_even_where_the_cursor_is_empty() {
        member("a")
                .on(
                        "tools/list",
                        arrival -> Script.result(
                                        arrival.body().contains("\"cursor\":\"\"")
                                                ? list(PUBLIC, "tools", tool("second"))
                                                : list(Map.of("nextCursor", "\"\""), "tools", tool("first")))
                                .answer(arrival));
        member("b").on("tools/list", Script.result(list(PUBLIC, "tools")));

        assertThat(asked(post(1, "tools/list", ""))).contains("a__first").contains("a__second");
    }

    @Test
    void a_member_that_goes_in_circles_is_followed_once_around_and_reported() {
        member("a").on("tools/list", Script.result(list(Map.of("nextCursor", "\"again\""), "tools", tool("t"))));
        member("b").on("tools/list", Script.result(list(PUBLIC, "tools")));

        assertThat(asked(post(1, "tools/list", ""))).contains("a__t");
        assertThat(count("a", "tools/list")).isEqualTo(2);
        assertThat(federations.problems()).isOne();
    }

    @Test
    void a_long_list_comes_in_pages_of_our_own() {
        federations = federations("gateway.federation.pages.items = 2");
        member("a").on("tools/list", Script.result(list(PUBLIC, "tools", tool("1"), tool("2"), tool("3"))));
        member("b").on("tools/list", Script.result(list(PUBLIC, "tools", tool("4"))));

        var first = single(ask(ALICE, post(1, "tools/list", "")));
        var cursor = first.text(Place.RESULT_NEXT_CURSOR).orElseThrow();
        var second = single(ask(ALICE, post(2, "tools/list", "\"cursor\":\"" + cursor + "\",")));

        assertThat(raw(first, Place.RESULT_TOOLS)).isEqualTo("[" + tool("a__1") + "," + tool("a__2") + "]");
        assertThat(raw(second, Place.RESULT_TOOLS)).isEqualTo("[" + tool("a__3") + "," + tool("b__4") + "]");
        assertThat(second.has(Place.RESULT_NEXT_CURSOR)).isFalse();
        var forged = single(ask(ALICE, post(3, "tools/list", "\"cursor\":\"" + cursor + "x\",")));
        assertThat(raw(forged, Place.ERROR_CODE)).isEqualTo("-32602");
    }

    @Test
    void a_member_that_hangs_is_missing_and_the_answer_says_so() {
        federations = federations("gateway.federation.lists.deadline = 2 s");
        member("good").on("tools/list", Script.result(list(PUBLIC, "tools", tool("t"))));
        member("slow").on("tools/list", Script.hang());
        member("bad").on("tools/list", Script.error(500, -32603));

        var answer = single(ask(ALICE, post(1, "tools/list", "")));

        assertThat(raw(answer, Place.RESULT_META)).contains("\"gatehouse/partial\":[\"slow\", \"bad\"]");
        assertThat(raw(answer, Place.RESULT_TTL_MS)).isEqualTo("0");
        assertThat(answer.bytes().utf8String()).contains("good__t").doesNotContain("127.0.0.1");
    }

    @Test
    void a_member_that_failed_is_asked_again_later_and_nobody_waits_for_it() {
        member("good").on("tools/list", Script.result(list(PUBLIC, "tools", tool("t"))));
        var late = member("late").on("tools/list", Script.status(503));
        assertThat(asked(post(1, "tools/list", ""))).contains("partial");
        asked(post(2, "tools/list", ""));
        assertThat(count("late", "tools/list")).isOne();

        late.on("tools/list", Script.result(list(PUBLIC, "tools", tool("u"))));
        time.set(NOW.plusSeconds(6));
        while (asked(post(3, "tools/list", "")).contains("partial")) {
            Thread.onSpinWait();
        }

        assertThat(asked(post(4, "tools/list", ""))).contains("good__t", "late__u");
    }

    @Test
    void an_outdated_list_stands_in_for_one_that_cannot_be_had() {
        var a = member("a").on("tools/list", Script.result(list(PUBLIC, "tools", tool("t"))));
        member("b").on("tools/list", Script.result(list(PUBLIC, "tools")));
        asked(post(1, "tools/list", ""));

        a.on("tools/list", Script.status(503));
        time.set(NOW.plusSeconds(61));

        assertThat(asked(post(2, "tools/list", ""))).contains("a__t").doesNotContain("partial");
        time.set(NOW.plusSeconds(60 + 601));
        assertThat(asked(post(3, "tools/list", ""))).doesNotContain("a__t").contains("partial");
    }

    @Test
    void a_public_list_is_fetched_once_for_all_and_a_private_one_for_each() {
        member("pub").on("tools/list", Script.result(list(PUBLIC, "tools", tool("t"))));
        member("prv").on("tools/list", Script.result(list(PRIVATE, "tools", tool("u"))));

        for (var principal : List.of(ALICE, BOB, ALICE, BOB)) {
            var answer = single(ask(principal, post(1, "tools/list", "")));
            assertThat(raw(answer, Place.RESULT)).contains("\"cacheScope\":\"private\"");
        }

        assertThat(count("pub", "tools/list")).isOne();
        assertThat(count("prv", "tools/list")).isEqualTo(2);
    }

    @Test
    void a_list_that_no_member_has_is_no_method() {
        member("a").on("prompts/list", Script.error(404, -32601));
        member("b").on("prompts/list", Script.error(404, -32601));

        assertThat(ask(ALICE, post(1, "prompts/list", "")))
                .isInstanceOfSatisfying(
                        Reply.Refused.class,
                        refused -> assertThat(refused.status()).isEqualTo(404));
    }

    @Test
    void a_call_reaches_its_member_under_its_own_name_in_body_and_header() {
        var a = member("a")
                .on("tools/list", Script.result(list(PUBLIC, "tools", tool("x.y"))))
                .on("tools/call", Script.result("{\"content\":[],\"resultType\":\"complete\"}"));
        member("b").on("tools/list", Script.hang());

        var answer = single(ask(ALICE, post(9, "tools/call", "\"name\":\"a__x_y\",\"arguments\":{\"q\" : 1},")));

        assertThat(raw(answer, Place.ID)).isEqualTo("9");
        var call = arrivals(a, "tools/call").getFirst();
        assertThat(call.header("Mcp-Name")).isEqualTo("x.y");
        assertThat(call.body()).contains("\"name\":\"x.y\"").contains("\"q\"");
    }

    @Test
    void an_unknown_name_is_a_bad_parameter_and_reaches_nobody() {
        var a = member("a").on("tools/list", Script.result(list(PUBLIC, "tools", tool("t"))));
        member("b").on("tools/list", Script.result(list(PUBLIC, "tools")));

        for (var name : List.of("a__u", "c__t", "t", "", "a__")) {
            var answer = single(ask(ALICE, post(1, "tools/call", "\"name\":\"" + name + "\",")));
            assertThat(raw(answer, Place.ERROR_CODE)).isEqualTo("-32602");
        }
        assertThat(arrivals(a, "tools/call")).isEmpty();
    }

    @Test
    void a_call_of_a_member_that_cannot_be_asked_was_not_sent() {
        member("a").on("tools/list", Script.status(503));
        member("b");

        assertThat(ask(ALICE, post(1, "tools/call", "\"name\":\"a__t\",")))
                .isInstanceOfSatisfying(
                        Reply.Failed.class,
                        failed -> assertThat(failed.fault().kind()).isEqualTo(Fault.Kind.NOT_SENT));
    }

    @Test
    void links_in_a_result_lead_back_to_the_member_that_gave_them() {
        var resources = list(PUBLIC, "resources", "{\"uri\":\"file:///known\",\"name\":\"k\"}");
        var a = member("a")
                .on("tools/list", Script.result(list(PUBLIC, "tools", tool("t"))))
                .on("resources/list", Script.result(resources))
                .on("resources/templates/list", Script.error(404, -32601))
                .on("tools/call", Script.result("""
                        {"content":[{"type":"resource_link","uri":"file:///known","name":"k"},\
                        {"type":"resource_link","uri":"file:///hidden","name":"h"},\
                        {"type":"resource","resource":{"uri":"file:///b","text":"{\\"uri\\":1}"}},\
                        {"type":"resource_link","uri":"https://example.org/x","name":"w"}],\
                        "structuredContent":{"uri":"file:///hidden"},"resultType":"complete"}"""))
                .on("resources/read", Script.result("""
                        {"contents":[{"uri":"file:///hidden","text":"!"}],"resultType":"complete",\
                        "ttlMs":0,"cacheScope":"private"}"""));
        member("b")
                .on(
                        "resources/list",
                        Script.result(list(PUBLIC, "resources", "{\"uri\":\"file:///b\",\"name\":\"k\"}")))
                .on("resources/templates/list", Script.error(404, -32601));

        var called = asked(post(1, "tools/call", "\"name\":\"a__t\","));
        var read = asked(post(2, "resources/read", "\"uri\":\"gatehouse+a:file:///hidden\","));

        assertThat(called)
                .contains("\"uri\":\"file:///known\"")
                .contains("\"uri\":\"gatehouse+a:file:///hidden\",\"name\"")
                .contains("\"resource\":{\"uri\":\"gatehouse+a:file:///b\",\"text\":\"{\\\"uri\\\":1}\"}")
                .contains("\"uri\":\"https://example.org/x\"")
                .contains("\"structuredContent\":{\"uri\":\"file:///hidden\"}");
        assertThat(read).contains("\"uri\":\"gatehouse+a:file:///hidden\"");
        assertThat(arrivals(a, "resources/read").getFirst().header("Mcp-Name")).isEqualTo("file:///hidden");
    }

    @Test
    void a_resource_that_is_nobodys_is_told_by_the_name_it_was_asked_under() {
        noResources("a");
        noResources("b");

        var answer = single(ask(ALICE, post(1, "resources/read", "\"uri\":\"file:///x\",")));

        assertThat(raw(answer, Place.ERROR_CODE)).isEqualTo("-32602");
        assertThat(raw(answer, Place.ERROR_DATA)).isEqualTo("{\"uri\":\"file:///x\"}");
    }

    @Test
    void what_was_read_is_read_again_only_when_its_time_is_over() {
        var read = new AtomicInteger();
        noResources("a")
                .on(
                        "resources/read",
                        arrival -> Script.result(
                                        "{\"contents\":[{\"uri\":\"u:" + read.incrementAndGet()
                                                + "\",\"text\":\"\"}],\"resultType\":\"complete\",\"ttlMs\":1000,\"cacheScope\":\"private\"}")
                                .answer(arrival));
        noResources("b");
        var request = post(1, "resources/read", "\"uri\":\"gatehouse+a:u:1\",");

        asked(request);
        time.set(NOW.plusMillis(400));
        var again = single(ask(ALICE, request));
        assertThat(raw(again, Place.RESULT_TTL_MS)).isEqualTo("600");
        assertThat(read).hasValue(1);

        ask(BOB, request);
        assertThat(read).hasValue(2);
        time.set(NOW.plusMillis(1000));
        asked(request);
        assertThat(read).hasValue(3);
    }

    @Test
    void an_interrupted_request_goes_on_at_the_member_that_interrupted_it() {
        var a = member("a")
                .on("tools/list", Script.result(list(PUBLIC, "tools", tool("t"))))
                .on("tools/call", Script.result("""
                        {"resultType":"input_required","requestState":"s:1",\
                        "inputRequests":{"q":{"method":"roots/list","params":{}}}}"""));
        member("b").on("tools/list", Script.result(list(PUBLIC, "tools", tool("t"))));

        var state = single(ask(ALICE, post(1, "tools/call", "\"name\":\"a__t\",")))
                .text(Place.RESULT_REQUEST_STATE)
                .orElseThrow();
        asked(post(2, "tools/call", "\"name\":\"a__t\",\"requestState\":\"" + state + "\","));
        var elsewhere =
                single(ask(ALICE, post(3, "tools/call", "\"name\":\"b__t\",\"requestState\":\"" + state + "\",")));

        assertThat(arrivals(a, "tools/call").getLast().body()).contains("\"requestState\":\"s:1\"");
        assertThat(raw(elsewhere, Place.ERROR_CODE)).isEqualTo("-32602");
    }

    @Test
    void a_task_belongs_to_its_member_and_to_whoever_began_it() {
        var task =
                "\"taskId\":\"t-1\",\"status\":\"working\",\"createdAt\":\"x\",\"lastUpdatedAt\":\"x\",\"ttlMs\":null";
        var a = member("a")
                .on("tools/list", Script.result(list(PUBLIC, "tools", tool("t"))))
                .on("tools/call", Script.result("{\"resultType\":\"task\"," + task + "}"))
                .on("tasks/get", Script.result("{\"resultType\":\"complete\"," + task + "}"));
        member("b");

        var begun = single(ask(ALICE, post(1, "tools/call", "\"name\":\"a__t\",")));
        var id = begun.text(Place.RESULT_TASK_ID).orElseThrow();
        var found = single(ask(ALICE, post(2, "tasks/get", "\"taskId\":\"" + id + "\",")));
        var stolen = single(ask(BOB, post(3, "tasks/get", "\"taskId\":\"" + id + "\",")));

        assertThat(id).startsWith("a-").endsWith("-t-1");
        assertThat(found.text(Place.RESULT_TASK_ID)).contains(id);
        assertThat(arrivals(a, "tasks/get")).hasSize(1);
        assertThat(arrivals(a, "tasks/get").getFirst().header("Mcp-Name")).isEqualTo("t-1");
        assertThat(raw(stolen, Place.ERROR_CODE)).isEqualTo("-32602");
    }

    @Test
    void a_completion_goes_to_the_owner_of_what_it_completes() {
        var values = "{\"completion\":{\"values\":[\"v\"]},\"resultType\":\"complete\"}";
        var a = noResources("a")
                .on("prompts/list", Script.result(list(PUBLIC, "prompts", "{\"name\":\"p.q\"}")))
                .on("completion/complete", Script.result(values));
        var b = noResources("b")
                .on(
                        "resources/templates/list",
                        Script.result(
                                list(PUBLIC, "resourceTemplates", "{\"uriTemplate\":\"t://{x}\",\"name\":\"n\"}")))
                .on("completion/complete", Script.result(values));
        var argument = "\"argument\":{\"name\":\"x\",\"value\":\"\"},";

        asked(post(1, "completion/complete", "\"ref\":{\"type\":\"ref/prompt\",\"name\":\"a__p_q\"}," + argument));
        asked(post(2, "completion/complete", "\"ref\":{\"type\":\"ref/resource\",\"uri\":\"t://{x}\"}," + argument));

        assertThat(arrivals(a, "completion/complete").getFirst().body()).contains("\"name\":\"p.q\"");
        assertThat(arrivals(b, "completion/complete").getFirst().body()).contains("\"uri\":\"t://{x}\"");
    }

    @Test
    void a_method_nobody_can_route_is_not_found() {
        member("a");
        member("b");

        assertThat(ask(ALICE, post(1, "skills/list", ""))).isInstanceOf(Reply.Refused.class);
    }

    private FakeUpstream noResources(String alias) {
        return member(alias)
                .on("resources/list", Script.error(404, -32601))
                .on("resources/templates/list", Script.error(404, -32601));
    }

    private long count(String alias, String method) {
        return arrivals(Objects.requireNonNull(fakes.get(alias)), method).size();
    }
}
