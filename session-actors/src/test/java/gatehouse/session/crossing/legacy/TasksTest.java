package gatehouse.session.crossing.legacy;

import static gatehouse.session.crossing.legacy.Stand.answer;
import static gatehouse.session.crossing.legacy.Stand.next;
import static gatehouse.session.crossing.legacy.Stand.post;
import static gatehouse.session.crossing.legacy.Stand.single;
import static gatehouse.session.upstream.Upstreaming.got;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.config.catalogue.AgentId;
import gatehouse.config.catalogue.TenantId;
import gatehouse.policy.verdict.Principal;
import gatehouse.session.fake.Arrival;
import gatehouse.session.fake.Script;
import gatehouse.session.lifecycle.Session;
import gatehouse.session.mcp.Members;
import gatehouse.session.mcp.Message;
import gatehouse.session.mcp.Place;
import gatehouse.session.upstream.Outbound;
import gatehouse.session.upstream.Upstreaming;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Tasks of 2025-11-25 at an upstream that has the modern extension.
class TasksTest {

    private static final ActorTestKit KIT = Upstreaming.kit();
    private static final Session OLD = Fronting.session("2025-11-25", Fronting.ASKABLE);
    private static final Session OLDER = Fronting.session("2025-06-18", Fronting.ASKABLE);
    private static final String EXTENSION = "{\"extensions\":{\"io.modelcontextprotocol/tasks\":{}}}";
    private static final Outbound.Post CALL = post("tools/call", "{\"name\":\"slow\",\"task\":{\"ttl\":1000}}");

    private final Stand stand = new Stand(KIT.system(), "gateway.crossing.legacy.tasks.bytes = 1 KiB");
    private final AtomicReference<String> status = new AtomicReference<>("\"working\"");

    @BeforeEach
    void tasks() {
        stand.upstream
                .on("server/discover", Script.result("{\"capabilities\":" + EXTENSION + "}"))
                .on(
                        "tools/list",
                        Script.result("{\"tools\":[{\"name\":\"slow\",\"inputSchema\":{\"type\":\"object\"}}]}"))
                .on("tools/call", Script.result("{\"resultType\":\"task\"," + task("\"working\"") + "}"))
                .on(
                        "tasks/get",
                        arrival -> Script.result("{\"resultType\":\"complete\"," + task(status.get()) + "}")
                                .answer(arrival))
                .on("tasks/update", Script.result("{\"resultType\":\"complete\"}"))
                .on("tasks/cancel", Script.result("{\"resultType\":\"complete\"}"));
    }

    @AfterEach
    void close() {
        stand.close();
    }

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    private static String task(String status) {
        return "\"taskId\":\"its-own\",\"createdAt\":\"2026-11-21T12:00:00Z\",\"lastUpdatedAt\":\"2026-11-21T12:00:01Z\","
                + "\"ttlMs\":60000,\"pollIntervalMs\":1,\"status\":" + status;
    }

    private String made() {
        var task = Members.of(single(got(stand.face(OLD).send(CALL))), Place.RESULT_TASK);
        return Members.text(task, "taskId").orElseThrow();
    }

    private static Outbound.Post about(String method, String name) {
        return post(method, "{\"taskId\":\"" + name + "\"}");
    }

    private static String raw(Message message, Place place) {
        return message.raw(place).map(ByteString::utf8String).orElse("");
    }

    @Test
    void a_call_becomes_a_task_where_both_sides_have_such() {
        var made = single(got(stand.face(OLD).send(CALL)));

        assertThat(raw(made, Place.RESULT))
                .matches("\\{\"task\":\\{\"taskId\":\"[\\w-]{60,}\",\"status\":\"working\","
                        + "\"createdAt\":\"2026-11-21T12:00:00Z\",\"lastUpdatedAt\":\"2026-11-21T12:00:01Z\","
                        + "\"ttl\":60000,\"pollInterval\":1}}");
        assertThat(stand.arrivals("tools/call").getFirst().body())
                .contains("\"extensions\":{\"io.modelcontextprotocol/tasks\":{}}")
                .doesNotContain("\"task\":");
    }

    @Test
    void a_call_that_is_to_be_no_task_never_becomes_one() {
        stand.upstream.on("tools/call", Script.result("{\"content\":[]}"));

        got(stand.face(OLD).send(Stand.call("{}")));
        got(stand.face(OLDER).send(CALL));

        assertThat(stand.arrivals("tools/call"))
                .hasSize(2)
                .allSatisfy(arrival -> assertThat(arrival.body())
                        .doesNotContain("io.modelcontextprotocol/tasks")
                        .doesNotContain("\"task\":"));
    }

    @Test
    void a_task_is_told_of_under_the_name_its_client_knows() {
        var name = made();
        status.set("\"failed\",\"statusMessage\":\"broke\",\"error\":{\"code\":-1,\"message\":\"broke\"}");

        var told = single(got(stand.face(OLD).send(about("tasks/get", name))));

        assertThat(raw(told, Place.RESULT))
                .isEqualTo("{\"taskId\":\"" + name + "\",\"status\":\"failed\",\"statusMessage\":\"broke\","
                        + "\"createdAt\":\"2026-11-21T12:00:00Z\",\"lastUpdatedAt\":\"2026-11-21T12:00:01Z\","
                        + "\"ttl\":60000,\"pollInterval\":1}");
        assertThat(stand.arrivals("tasks/get").getFirst())
                .satisfies(arrival -> assertThat(arrival.header("Mcp-Name")).isEqualTo("its-own"));
    }

    @Test
    void nobody_elses_task_is_told_of() {
        var name = made();
        var thief = Session.opened(
                new Principal(new TenantId("others"), new AgentId("bob")),
                OLD.route(),
                new Session.Opening(OLD.version(), OLD.opening(), "stream", OLD.leg()),
                Fronting.NOW);

        for (var method : List.of("tasks/get", "tasks/result", "tasks/cancel")) {
            assertThat(raw(single(got(stand.face(thief).send(about(method, name)))), Place.ERROR_CODE))
                    .isEqualTo("-32602");
            assertThat(raw(single(got(stand.face(OLD).send(about(method, "its-own")))), Place.ERROR_CODE))
                    .isEqualTo("-32602");
        }
        assertThat(stand.upstream.arrivals()).extracting(Arrival::key).noneMatch(key -> key.startsWith("tasks/"));
    }

    @Test
    void a_result_is_waited_for_and_said_to_be_the_tasks() {
        var name = made();
        stand.upstream.on("tasks/get", arrival -> {
            var told = Script.result("{" + task(status.get()) + "}").answer(arrival);
            status.set("\"completed\",\"result\":{\"content\":[],\"_meta\":{\"own\":1}}");
            return told;
        });

        var stream = stand.open(got(stand.face(OLD).send(about("tasks/result", name))));

        assertThat(next(stream))
                .isEqualTo(Message.result(
                        Stand.ID,
                        "{\"content\":[],\"_meta\":{\"own\":1,\"io.modelcontextprotocol/related-task\":{\"taskId\":\""
                                + name + "\"}}}"));
        assertThat(Stand.ended(stream)).isTrue();
    }

    @Test
    void a_task_that_failed_gives_its_error_and_one_that_was_cancelled_says_so() {
        var name = made();

        status.set("\"failed\",\"error\":{\"code\":-32000,\"message\":\"broke\",\"data\":[1]}");
        assertThat(raw(single(got(stand.face(OLD).send(about("tasks/result", name)))), Place.ERROR))
                .isEqualTo("{\"code\":-32000,\"message\":\"broke\",\"data\":[1]}");
        status.set("\"cancelled\"");
        assertThat(raw(single(got(stand.face(OLD).send(about("tasks/result", name)))), Place.ERROR_MESSAGE))
                .contains("was cancelled");
    }

    @Test
    void a_task_that_asks_is_answered_on_the_stream_that_waits_for_it() {
        var name = made();
        status.set("\"input_required\",\"inputRequests\":{\"who\":{\"method\":\"elicitation/create\","
                + "\"params\":{\"message\":\"who?\"}}}");
        stand.upstream.on("tasks/update", arrival -> {
            status.set("\"completed\",\"result\":{\"content\":[]}");
            return Script.result("{\"resultType\":\"complete\"}").answer(arrival);
        });

        var stream = stand.open(got(stand.face(OLD).send(about("tasks/result", name))));
        var question = next(stream);
        got(stand.face(OLD).send(answer(question, "{\"action\":\"accept\"}")));

        assertThat(raw(question, Place.PARAMS))
                .isEqualTo("{\"message\":\"who?\",\"_meta\":{\"io.modelcontextprotocol/related-task\":{\"taskId\":\""
                        + name + "\"}}}");
        assertThat(next(stream).kind()).isEqualTo(Message.Kind.RESULT);
        assertThat(stand.arrivals("tasks/update"))
                .singleElement()
                .satisfies(arrival -> assertThat(arrival.body())
                        .contains("\"taskId\":\"its-own\",\"inputResponses\":{\"who\":{\"action\":\"accept\"}}"));
        assertThat(stand.faces.waiting()).isZero();
    }

    @Test
    void waiting_that_is_given_up_asks_no_more() throws Exception {
        var name = made();
        status.set("\"input_required\",\"inputRequests\":{\"who\":{\"method\":\"elicitation/create\",\"params\":{}}}");
        var stream = stand.open(got(stand.face(OLD).send(about("tasks/result", name))));
        next(stream);

        stream.cancel();

        KIT.createTestProbe().awaitAssert(() -> {
            assertThat(stand.faces.waiting()).isZero();
            return true;
        });
        assertThat(stand.arrivals("tasks/update")).isEmpty();
    }

    @Test
    void a_task_is_cancelled_once_and_then_told_of() {
        var name = made();
        stand.upstream.on("tasks/cancel", arrival -> {
            status.set("\"cancelled\"");
            return Script.result("{\"resultType\":\"complete\"}").answer(arrival);
        });

        var cancelled = single(got(stand.face(OLD).send(about("tasks/cancel", name))));
        var again = single(got(stand.face(OLD).send(about("tasks/cancel", name))));

        assertThat(raw(cancelled, Place.RESULT)).contains("\"taskId\":\"" + name + "\",\"status\":\"cancelled\"");
        assertThat(raw(again, Place.ERROR_CODE)).isEqualTo("-32602");
        assertThat(stand.arrivals("tasks/cancel")).hasSize(1);
    }

    @Test
    void a_call_that_is_done_at_once_is_a_task_all_the_same() {
        stand.upstream.on("tools/call", Script.result("{\"resultType\":\"complete\",\"content\":[1]}"));

        var name = made();
        var told = single(got(stand.face(OLD).send(about("tasks/get", name))));
        var result = single(got(stand.face(OLD).send(about("tasks/result", name))));
        var cancelled = single(got(stand.face(OLD).send(about("tasks/cancel", name))));

        assertThat(raw(told, Place.RESULT)).contains("\"status\":\"completed\"").contains("\"ttl\":300000");
        assertThat(raw(result, Place.RESULT)).startsWith("{\"content\":[1],").contains("related-task");
        assertThat(raw(cancelled, Place.ERROR_MESSAGE)).contains("ended already");
        assertThat(stand.upstream.arrivals()).extracting(Arrival::key).noneMatch(key -> key.startsWith("tasks/"));
    }

    @Test
    void results_are_kept_within_bounds() {
        stand.upstream.on("tools/call", Script.result("{\"content\":[\"" + "x".repeat(600) + "\"]}"));
        var first = made();
        var second = made();

        assertThat(raw(single(got(stand.face(OLD).send(about("tasks/get", first)))), Place.ERROR_CODE))
                .isEqualTo("-32602");
        assertThat(raw(single(got(stand.face(OLD).send(about("tasks/get", second)))), Place.RESULT))
                .contains("completed");
        stand.upstream.on("tools/call", Script.result("{\"content\":[\"" + "x".repeat(1200) + "\"]}"));
        assertThat(raw(single(got(stand.face(OLD).send(CALL))), Place.ERROR_MESSAGE))
                .contains("too large");
    }

    @Test
    void an_error_is_the_answer_to_the_call_itself() {
        stand.upstream.on("tools/call", Script.error(200, -32602));

        assertThat(raw(single(got(stand.face(OLD).send(CALL))), Place.ERROR_CODE))
                .isEqualTo("-32602");
    }

    @Test
    void tools_are_listed_with_task_support_where_it_is() {
        assertThat(raw(single(got(stand.face(OLD).send(post("tools/list", "{}")))), Place.RESULT_TOOLS))
                .contains("\"execution\":{\"taskSupport\":\"optional\"}");
        assertThat(raw(single(got(stand.face(OLDER).send(post("tools/list", "{}")))), Place.RESULT_TOOLS))
                .doesNotContain("taskSupport");
        assertThat(raw(single(got(stand.face(OLDER).send(about("tasks/get", "x")))), Place.ERROR_CODE))
                .isEqualTo("-32601");
    }

    @Test
    void only_who_can_use_tasks_is_told_of_them() {
        assertThat(Support.legacy(Members.of(EXTENSION), true))
                .isEqualTo("{\"tasks\":{\"cancel\":{},\"requests\":{\"tools\":{\"call\":{}}}}}");
        assertThat(Support.legacy(Members.of(EXTENSION), false)).isEqualTo("{}");
    }
}
