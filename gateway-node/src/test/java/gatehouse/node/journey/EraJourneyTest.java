package gatehouse.node.journey;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.session.fake.Arrival;
import gatehouse.session.fake.Dialogue;
import gatehouse.session.fake.FakeSse;
import gatehouse.session.fake.FakeUpstream;
import gatehouse.session.fake.Script;
import gatehouse.session.fake.Step;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Clients of one era and upstreams of the other, over real HTTP.
class EraJourneyTest {

    private static final String DISCOVER = """
            {"jsonrpc":"2.0","id":"hello","method":"server/discover","params":{"_meta":{\
            "io.modelcontextprotocol/protocolVersion":"2026-07-28",\
            "io.modelcontextprotocol/clientCapabilities":{}}}}""";
    private static final String INITIALIZE = """
            {"jsonrpc":"2.0","id":"hello","method":"initialize","params":{"protocolVersion":"2025-11-25",\
            "capabilities":{},"clientInfo":{"name":"journey","version":"1"}}}""";

    private static String toolCall(String id, String more) {
        return """
                {"jsonrpc":"2.0","id":"%s","method":"tools/call","params":{"name":"ask","arguments":{},%s"_meta":{\
                "io.modelcontextprotocol/protocolVersion":"2026-07-28",\
                "io.modelcontextprotocol/clientCapabilities":{"elicitation":{}}}}}""".formatted(id, more);
    }

    private static HttpResponse<String> modern(McpClient client, String method, String body) {
        return method.equals("tools/call")
                ? client.post(body, "MCP-Protocol-Version", "2026-07-28", "Mcp-Method", method, "Mcp-Name", "ask")
                : client.post(body, "MCP-Protocol-Version", "2026-07-28", "Mcp-Method", method);
    }

    @Test
    void a_modern_client_is_served_by_a_legacy_upstream(@TempDir Path directory) {
        try (var upstream = FakeUpstream.legacy();
                var node = LocalNode.start(upstream.url(), directory)) {
            var found = modern(new McpClient(node.route("open")), "server/discover", DISCOVER);

            assertThat(found.statusCode()).isEqualTo(200);
            assertThat(found.body())
                    .contains("\"id\":\"hello\"")
                    .contains("\"supportedVersions\":[\"2026-07-28\"]")
                    .contains("\"io.modelcontextprotocol/serverInfo\":{\"name\":\"fake\"");
            Counts.await(node, "legs", 1);
        }
    }

    @Test
    void a_question_in_mid_call_waits_for_the_clients_next_request(@TempDir Path directory) {
        try (var upstream = FakeUpstream.legacy();
                var node = LocalNode.start(upstream.url(), directory)) {
            upstream.on("tools/call", Dialogue.with(upstream).asking("elicitation/create", Dialogue.form("Who?")));
            var client = new McpClient(node.route("both"), "Authorization", "Bearer " + node.aliceKey());
            var stranger = new McpClient(node.route("both"), "Authorization", "Bearer " + node.bobKey());

            var asking = modern(client, "tools/call", toolCall("1", "")).body();
            assertThat(asking).contains("\"input_required\"").contains("Who?");
            Counts.await(node, "parkedCalls", 1);
            var answer = "\"requestState\":\"" + state(asking)
                    + "\",\"inputResponses\":{\"question-1\":{\"action\":\"accept\",\"content\":{\"name\":\"Ada\"}}},";

            assertThat(modern(stranger, "tools/call", toolCall("2", answer)).body())
                    .contains("requestState is not one");
            assertThat(modern(client, "tools/call", toolCall("3", answer)).body())
                    .contains("\"id\":\"3\"")
                    .contains("Ada")
                    .contains("\"resultType\":\"complete\"");
            assertThat(modern(client, "tools/call", toolCall("4", answer)).body())
                    .contains("-32603")
                    .contains("\"outcome\":\"unknown\"");
            Counts.await(node, "parkedCalls", 0);
            Counts.await(node, "permits", 0);
        }
    }

    /// Clients all count from 1, and over HTTP+SSE nothing but its id says which call an answer is for.
    @Test
    void strangers_whose_requests_have_the_same_id_are_each_asked_over_http_sse(@TempDir Path directory) {
        try (var upstream = FakeUpstream.start();
                var node = LocalNode.start(upstream.url(), directory)) {
            var question = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"elicitation/create\",\"params\":"
                    + Dialogue.form("Who?") + "}";
            FakeSse.at(upstream).on("tools/call", call -> List.of(Step.event(question)));

            for (var stranger = 1; stranger <= 2; stranger++) {
                assertThat(modern(new McpClient(node.route("open")), "tools/call", toolCall("1", ""))
                                .body())
                        .contains("\"id\":\"1\"")
                        .contains("\"input_required\"");
                Counts.await(node, "parkedCalls", stranger);
            }

            assertThat(upstream.arrivals())
                    .filteredOn(arrival -> arrival.key().equals("tools/call"))
                    .hasSize(2)
                    .extracting(Arrival::rpcId)
                    .doesNotHaveDuplicates();
            assertThat(Counts.of(node, "legs")).isEqualTo(2);
        }
    }

    @Test
    void a_capability_the_client_did_not_declare_is_named_by_this_hop(@TempDir Path directory) {
        try (var upstream = FakeUpstream.legacy();
                var node = LocalNode.start(upstream.url(), directory)) {
            upstream.on("tools/call", Dialogue.with(upstream).asking("roots/list", "{}"));

            var refused = modern(new McpClient(node.route("open")), "tools/call", toolCall("1", ""));

            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body()).contains("-32021").contains("\"requiredCapabilities\":{\"roots\":{}}");
            Counts.await(node, "parkedCalls", 0);
        }
    }

    @Test
    void a_stopping_node_says_goodbye_to_its_upstreams(@TempDir Path directory) throws Exception {
        try (var upstream = FakeUpstream.legacy()) {
            try (var node = LocalNode.start(upstream.url(), directory)) {
                modern(new McpClient(node.route("open")), "server/discover", DISCOVER);
            }

            assertThat(upstream.arrivals()).extracting(Arrival::key).contains("DELETE");
        }
    }

    @Test
    void hanging_up_takes_the_call_back_at_a_legacy_upstream(@TempDir Path directory) throws Exception {
        try (var upstream = FakeUpstream.legacy();
                var node = LocalNode.start(upstream.url(), directory)) {
            upstream.on("tools/call", Script.hang());
            upstream.on("notifications/cancelled", Script.status(202));
            var leaving = new McpClient(node.route("open"));
            var waiting = Thread.ofVirtual().start(() -> {
                try {
                    modern(leaving, "tools/call", toolCall("1", ""));
                } catch (IllegalStateException left) {
                    // which is what it was told
                }
            });
            var call = arrived(upstream, "tools/call");

            leaving.leave();
            waiting.join();

            assertThat(arrived(upstream, "notifications/cancelled").body()).contains("\"requestId\":" + call.rpcId());
            Counts.await(node, "permits", 0);
            arrived(upstream, "DELETE"); // it may still ask there, and the next is a stranger
            Counts.await(node, "legs", 0);
        }
    }

    @Test
    void a_stranger_cannot_cancel_what_others_ask_on_the_same_leg(@TempDir Path directory) throws Exception {
        for (var upstream : List.of(FakeUpstream.legacy(), FakeUpstream.modern())) {
            try (upstream;
                    var node = LocalNode.start(upstream.url(), directory)) {
                upstream.on("notifications/acme/note", Script.status(202));
                var stranger = new McpClient(node.route("open"));

                for (var method :
                        List.of("notifications/cancelled", "notifications/progress", "notifications/acme/note")) {
                    assertThat(modern(stranger, method, note(method)).statusCode())
                            .isEqualTo(202);
                }

                assertThat(upstream.arrivals())
                        .extracting(Arrival::key)
                        .contains("notifications/acme/note")
                        .doesNotContain("notifications/cancelled", "notifications/progress");
            }
        }
    }

    private static String note(String method) {
        return """
                {"jsonrpc":"2.0","method":"%s","params":{"requestId":"1","progressToken":"1","progress":1,"_meta":{\
                "io.modelcontextprotocol/protocolVersion":"2026-07-28",\
                "io.modelcontextprotocol/clientCapabilities":{}}}}""".formatted(method);
    }

    @Test
    void what_waits_for_a_client_is_given_up_once_its_access_is_taken_away(@TempDir Path directory) throws Exception {
        try (var upstream = FakeUpstream.legacy();
                var node = LocalNode.start(upstream.url(), directory)) {
            upstream.on("notifications/cancelled", Script.status(202));
            upstream.on("tools/call", Dialogue.with(upstream).asking("elicitation/create", Dialogue.form("Who?")));
            var alice = new McpClient(node.route("both"), "X-MCP-Agent-Key", node.aliceKey());
            var bob = new McpClient(node.route("both"), "X-MCP-Agent-Key", node.bobKey());
            modern(alice, "tools/call", toolCall("1", ""));
            modern(bob, "tools/call", toolCall("2", ""));
            Counts.await(node, "parkedCalls", 2);

            Files.writeString(
                    directory.resolve("routes/routes.yaml"), "id: both\nupstream: up\naccess: {tenants: [others]}\n");

            Counts.await(node, "parkedCalls", 1);
            Counts.await(node, "legs", 1);
            arrived(upstream, "notifications/cancelled");
            arrived(upstream, "DELETE");
        }
    }

    private static Arrival arrived(FakeUpstream upstream, String key) throws Exception {
        var arrival = upstream.next();
        while (!arrival.key().equals(key)) {
            arrival = upstream.next(); // each wait is bounded
        }
        return arrival;
    }

    private static String state(String asking) {
        var from = asking.indexOf("\"requestState\":\"") + "\"requestState\":\"".length();
        return asking.substring(from, asking.indexOf('"', from));
    }

    @Test
    void a_legacy_client_opens_a_session_at_an_upstream_that_has_none(@TempDir Path directory) {
        try (var upstream = FakeUpstream.modern();
                var node = LocalNode.start(upstream.url(), directory)) {
            var opened = new McpClient(node.route("open")).post(INITIALIZE);

            assertThat(opened.statusCode()).isEqualTo(200);
            assertThat(opened.headers().firstValue("Mcp-Session-Id")).isPresent();
            assertThat(opened.body())
                    .contains("\"id\":\"hello\"")
                    .contains("\"protocolVersion\":\"2025-11-25\"")
                    .contains("\"capabilities\":{\"tools\":{}}")
                    .doesNotContain("ttlMs");
        }
    }
}
