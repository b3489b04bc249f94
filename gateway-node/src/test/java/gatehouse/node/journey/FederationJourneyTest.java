package gatehouse.node.journey;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.session.fake.FakeUpstream;
import gatehouse.session.fake.Script;
import gatehouse.session.fake.Step;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Several upstreams behind one route, over real HTTP.
class FederationJourneyTest {

    private static final String ENVELOPE = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientCapabilities\":{\"roots\":{}}}";

    private static final Pattern QUESTION = Pattern.compile("\"id\":(\"[^\"]*\"|[0-9]+)");

    @TempDir
    Path directory;

    private final LinkedHashMap<String, FakeUpstream> fakes = new LinkedHashMap<>();

    @AfterEach
    void close() {
        fakes.values().forEach(FakeUpstream::close);
    }

    private FakeUpstream member(String alias, String... tools) {
        var listed = String.join(
                ",",
                List.of(tools).stream()
                        .map(tool -> "{\"name\":\"" + tool + "\",\"inputSchema\":{\"type\":\"object\"}}")
                        .toList());
        var fake = FakeUpstream.modern()
                .on(
                        "tools/list",
                        Script.result("{\"tools\":[" + listed
                                + "],\"resultType\":\"complete\",\"ttlMs\":60000,\"cacheScope\":\"private\"}"));
        fakes.put(alias, fake);
        return fake;
    }

    private LocalNode node(String... settings) {
        var urls = new LinkedHashMap<String, URI>();
        fakes.forEach((alias, fake) -> urls.put(alias, fake.url()));
        return LocalNode.joining(urls, "modern", directory, settings);
    }

    private static String[] headers(String method, String name) {
        return name.isEmpty()
                ? new String[] {"MCP-Protocol-Version", "2026-07-28", "Mcp-Method", method}
                : new String[] {"MCP-Protocol-Version", "2026-07-28", "Mcp-Method", method, "Mcp-Name", name};
    }

    private static String json(String method, String members) {
        return "{\"jsonrpc\":\"2.0\",\"id\":\"q\",\"method\":\"" + method + "\",\"params\":{" + members + ENVELOPE
                + "}}";
    }

    private static HttpResponse<String> ask(McpClient client, String method, String name, String members) {
        return client.post(json(method, members), headers(method, name));
    }

    @Test
    void tools_of_all_members_are_listed_and_called_and_who_is_missing_is_said() {
        var k8s = member("k8s", "get.pods")
                .on("tools/call", Script.result("{\"content\":[],\"resultType\":\"complete\"}"));
        member("mail", "send");
        member("down").on("tools/list", Script.status(503));
        try (var node = node()) {
            var client = new McpClient(node.route("joined"));

            var listed = ask(client, "tools/list", "", "");
            var called = ask(client, "tools/call", "k8s__get_pods", "\"name\":\"k8s__get_pods\",");
            var unknown = ask(client, "tools/call", "k8s__x", "\"name\":\"k8s__x\",");

            assertThat(listed.body())
                    .contains("\"name\":\"k8s__get_pods\"")
                    .contains("\"name\":\"mail__send\"")
                    .contains("\"gatehouse/partial\":[\"down\"]")
                    .contains("\"id\":\"q\"");
            assertThat(called.statusCode()).isEqualTo(200);
            assertThat(called.body()).contains("\"content\":[]");
            assertThat(k8s.arrivals().getLast().header("Mcp-Name")).isEqualTo("get.pods");
            assertThat(unknown.body()).contains("-32602");
            assertThat(Counts.of(node, "federationLists")).isOne();
        }
    }

    @Test
    void a_question_in_the_middle_of_a_call_finds_its_way_back_and_nobody_elses() {
        var asking = member("asking", "t")
                .on(
                        "tools/call",
                        arrival -> Script.result(
                                        arrival.body().contains("\"requestState\":\"where\"")
                                                ? "{\"content\":[{\"type\":\"text\",\"text\":\"done\"}],\"resultType\":\"complete\"}"
                                                : "{\"resultType\":\"input_required\",\"requestState\":\"where\","
                                                        + "\"inputRequests\":{\"r\":{\"method\":\"roots/list\",\"params\":{}}}}")
                                .answer(arrival));
        member("other", "t").on("tools/call", Script.result("{\"content\":[],\"resultType\":\"complete\"}"));
        try (var node = node()) {
            var client = new McpClient(node.route("keyed"), "Authorization", "Bearer " + node.aliceKey());
            var bob = new McpClient(node.route("keyed"), "Authorization", "Bearer " + node.bobKey());

            var asked = ask(client, "tools/call", "asking__t", "\"name\":\"asking__t\",")
                    .body();
            var state = Pattern.compile("\"requestState\":\"([^\"]+)\"").matcher(asked);
            assertThat(state.find()).isTrue();
            var retry = "\"inputResponses\":{\"r\":{\"roots\":[]}},\"requestState\":\"" + state.group(1) + "\",";

            assertThat(state.group(1)).doesNotContain("where").doesNotContain("asking");
            assertThat(ask(bob, "tools/call", "asking__t", "\"name\":\"asking__t\"," + retry)
                            .body())
                    .contains("-32602");
            assertThat(ask(client, "tools/call", "other__t", "\"name\":\"other__t\"," + retry)
                            .body())
                    .contains("-32602");
            assertThat(ask(client, "tools/call", "asking__t", "\"name\":\"asking__t\"," + retry)
                            .body())
                    .contains("\"text\":\"done\"");
            assertThat(asking.arrivals().getLast().body()).contains("\"requestState\":\"where\"");
        }
    }

    @Test
    void a_listener_hears_of_a_change_and_leaves_nothing_behind() {
        var changed = new CompletableFuture<Void>();
        var a = member("a", "t")
                .on(
                        "subscriptions/listen",
                        Script.eventsOf(arrival -> List.of(
                                Step.event(
                                        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/subscriptions/acknowledged\","
                                                + "\"params\":{\"notifications\":{\"toolsListChanged\":true}}}"),
                                Step.await(changed),
                                Step.event("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}"),
                                Step.hang())));
        member("b", "t").on("subscriptions/listen", Script.error(404, -32601));
        try (var node = node()) {
            var client = new McpClient(node.route("joined"), headers("subscriptions/listen", ""));
            assertThat(ask(client, "tools/list", "", "").body()).contains("a__t");

            try (var stream =
                    client.call(json("subscriptions/listen", "\"notifications\":{\"toolsListChanged\":true},"))) {
                assertThat(stream.next().data())
                        .contains("acknowledged")
                        .contains("\"toolsListChanged\":true")
                        .contains("\"io.modelcontextprotocol/subscriptionId\":\"q\"");
                a.on(
                        "tools/list",
                        Script.result(
                                "{\"tools\":[],\"resultType\":\"complete\",\"ttlMs\":0,\"cacheScope\":\"private\"}"));
                changed.complete(null);

                assertThat(stream.next().data())
                        .contains("notifications/tools/list_changed")
                        .contains("\"io.modelcontextprotocol/subscriptionId\":\"q\"");
                assertThat(Counts.of(node, "federationListeners")).isOne();
            }
            client.leave();
            Counts.await(node, "federationListeners", 0);
            Counts.await(node, "federationTaps", 0);
            Counts.await(node, "permits", 0);
        }
    }

    @Test
    void what_members_can_do_and_say_is_told_together() {
        var said = "{\"resultType\":\"complete\",\"supportedVersions\":[\"2026-07-28\"],\"ttlMs\":1000,"
                + "\"cacheScope\":\"private\",\"capabilities\":%s,\"instructions\":\"%s\"}";
        member("a")
                .on(
                        "server/discover",
                        Script.result(
                                said.formatted("{\"tools\":{\"listChanged\":true},\"experimental\":{}}", "Call t.")));
        member("b")
                .on(
                        "server/discover",
                        Script.result(said.formatted(
                                "{\"tools\":{},\"resources\":{\"subscribe\":true},\"extensions\":{\"io.modelcontextprotocol/tasks\":{},"
                                        + "\"x/y\":{}}}",
                                "Read r.")));
        try (var node = node()) {
            var found = ask(new McpClient(node.route("joined")), "server/discover", "", "")
                    .body();

            assertThat(found)
                    .contains("\"capabilities\":{\"extensions\":{\"io.modelcontextprotocol/tasks\":{}},"
                            + "\"resources\":{\"subscribe\":true},\"tools\":{\"listChanged\":true}}")
                    .contains("\"instructions\":\"## a\\n\\nCall t.\\n\\n## b\\n\\nRead r.\"")
                    .contains("\"supportedVersions\":[\"2026-07-28\"]");
        }
    }

    @Test
    void a_client_with_a_session_calls_members_and_is_asked_by_them() {
        member("asking", "t")
                .on(
                        "tools/call",
                        arrival -> Script.result(
                                        arrival.body().contains("\"requestState\":\"where\"")
                                                ? "{\"content\":[{\"type\":\"text\",\"text\":\"done\"}],\"resultType\":\"complete\"}"
                                                : "{\"resultType\":\"input_required\",\"requestState\":\"where\","
                                                        + "\"inputRequests\":{\"r\":{\"method\":\"roots/list\",\"params\":{}}}}")
                                .answer(arrival));
        member("other", "t").on("tools/call", Script.result("{\"content\":[],\"resultType\":\"complete\"}"));
        try (var node = node()) {
            var client = new McpClient(node.route("joined")).open("2025-11-25", "{\"roots\":{}}");

            assertThat(client.post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",\"params\":{}}")
                            .body())
                    .contains("\"asking__t\"")
                    .contains("\"other__t\"");
            assertThat(client.post(McpClient.toolCall(2, "other__t")).body()).contains("\"content\":[]");
            try (var stream = client.call(McpClient.toolCall(3, "asking__t"))) {
                var question = QUESTION.matcher(asked(stream));
                assertThat(question.find()).isTrue();
                client.post("{\"jsonrpc\":\"2.0\",\"id\":" + question.group(1) + ",\"result\":{\"roots\":[]}}");
                assertThat(stream.rest())
                        .last()
                        .satisfies(event ->
                                assertThat(event.data()).contains("\"id\":3").contains("\"text\":\"done\""));
            }
            client.delete();
            Counts.await(node, "permits", 0);
            Counts.await(node, "questions", 0);
        }
    }

    private static String asked(McpClient.EventStream stream) {
        var event = stream.next();
        while (!event.data().contains("roots/list")) {
            assertThat(event).isNotEqualTo(new McpClient.Event("", ""));
            event = stream.next();
        }
        return event.data();
    }

    @Test
    void a_client_that_hangs_up_takes_its_call_along() throws Exception {
        var a = member("a", "slow").on("tools/call", Script.events(Step.hang()));
        member("b");
        try (var node = node()) {
            var client = new McpClient(node.route("joined"));
            ask(client, "tools/list", "", "");
            var caller = new McpClient(node.route("joined"), headers("tools/call", "a__slow"));
            var call = CompletableFuture.runAsync(() -> caller.post(json("tools/call", "\"name\":\"a__slow\",")));
            while (a.arrivals().stream().noneMatch(arrival -> arrival.key().equals("tools/call"))) {
                a.next();
            }

            caller.leave();

            assertThat(call.handle((done, failure) -> failure != null).join()).isTrue();
            Counts.await(node, "permits", 0);
            Counts.await(node, "calls", 0);
        }
    }
}
