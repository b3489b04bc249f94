package gatehouse.node.journey;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.session.fake.FakeUpstream;
import gatehouse.session.fake.Script;
import gatehouse.session.fake.Step;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Clients with sessions on a route that joins upstreams of both eras: over HTTP+SSE, and while one of them goes.
@Timeout(60)
class JoinedJourneyTest {

    private static final String CAPABLE = "{\"tools\":{\"listChanged\":true},\"resources\":{}}";
    private static final String FRESH = "{\"resultType\":\"complete\",\"ttlMs\":0,\"cacheScope\":\"private\",";
    private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}";

    private final FakeUpstream sessions = FakeUpstream.legacy();
    private final FakeUpstream modern = FakeUpstream.modern();
    private final FakeUpstream going = FakeUpstream.modern();
    private Path directory;
    private LocalNode node;

    @BeforeEach
    void start(@TempDir Path declarations) throws IOException {
        directory = declarations;
        sessions.on(
                "initialize",
                Script.result(
                        "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":" + CAPABLE
                                + ",\"serverInfo\":{\"name\":\"a\",\"version\":\"1\"}}",
                        "Mcp-Session-Id: its-own"));
        sessions.on("notifications/initialized", Script.status(202));
        sessions.on("GET", Script.events(Step.hang()));
        for (var upstream : List.of(modern, going)) {
            upstream.on(
                            "server/discover",
                            Script.result("{\"resultType\":\"complete\",\"supportedVersions\":[\"2026-07-28\"],"
                                    + "\"capabilities\":" + CAPABLE + ",\"ttlMs\":0,\"cacheScope\":\"private\"}"))
                    .on(
                            "subscriptions/listen",
                            Script.eventsOf(arrival -> List.of(
                                    Step.event("{\"jsonrpc\":\"2.0\",\"method\":"
                                            + "\"notifications/subscriptions/acknowledged\",\"params\":{"
                                            + "\"notifications\":{\"toolsListChanged\":true},\"_meta\":{"
                                            + "\"io.modelcontextprotocol/subscriptionId\":" + arrival.rpcId() + "}}}"),
                                    Step.hang())));
        }
        offering(sessions, "a");
        offering(modern, "b");
        offering(going, "c");
        upstream("a", sessions.url(), "legacy");
        upstream("b", modern.url(), "modern");
        upstream("c", going.url(), "modern");
        route("a", "b", "c");
        node = LocalNode.start(sessions.url(), directory);
    }

    private static void offering(FakeUpstream upstream, String name) {
        var uri = "note-" + name + "://1";
        var tool = "{\"name\":\"t\",\"inputSchema\":{\"type\":\"object\"}}";
        var resource = "{\"uri\":\"" + uri + "\",\"name\":\"note\"}";
        var content = "{\"uri\":\"" + uri + "\",\"text\":\"of " + name + "\"}";
        upstream.on("tools/list", Script.result(FRESH + "\"tools\":[" + tool + "]}"))
                .on("resources/list", Script.result(FRESH + "\"resources\":[" + resource + "]}"))
                .on("resources/templates/list", Script.result(FRESH + "\"resourceTemplates\":[]}"))
                .on("resources/read", Script.result(FRESH + "\"contents\":[" + content + "]}"))
                .on(
                        "tools/call",
                        Script.result("{\"resultType\":\"complete\",\"content\":[{\"type\":\"text\",\"text\":\"by "
                                + name + "\"}]}"));
    }

    private void upstream(String id, URI url, String speaks) throws IOException {
        Files.createDirectories(directory.resolve("upstreams"));
        Files.writeString(
                directory.resolve("upstreams/" + id + ".yaml"),
                "id: %s\ntenant: crew\nurl: %s\nnetwork: loopback\nspeaks: %s\n".formatted(id, url, speaks));
    }

    private void route(String... members) throws IOException {
        Files.createDirectories(directory.resolve("routes"));
        var joined = new StringBuilder("id: joined\nupstreams:\n");
        for (var member : members) {
            joined.append("  - {alias: %s, upstream: %s}\n".formatted(member, member));
        }
        joined.append("access: {tenants: [crew]}\nsse: {until: 2099-12-31}\n");
        Files.writeString(directory.resolve("routes/joined.yaml"), joined.toString());
    }

    @AfterEach
    void stop() {
        node.close();
        List.of(sessions, modern, going).forEach(FakeUpstream::close);
    }

    private String[] key() {
        return new String[] {"Authorization", "Bearer " + node.aliceKey()};
    }

    private static String read(String uri) {
        return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"resources/read\",\"params\":{\"uri\":\"" + uri + "\"}}";
    }

    /// The answer to a message, whatever is said meanwhile.
    private static String answer(SseVisitor client, String json) {
        assertThat(client.post(json).statusCode()).isEqualTo(202);
        var said = client.next().data();
        while (!said.contains("\"id\":1")) {
            assertThat(said).isNotEmpty();
            said = client.next().data();
        }
        return said;
    }

    @Test
    void a_client_of_http_sse_uses_members_of_both_eras() {
        try (var client = new SseVisitor(node.route("joined"), key()).begin("2024-11-05")) {
            assertThat(answer(client, LIST)).contains("\"a__t\"", "\"b__t\"", "\"c__t\"");
            assertThat(answer(client, McpClient.toolCall(1, "a__t"))).contains("by a");
            assertThat(answer(client, McpClient.toolCall(1, "b__t"))).contains("by b");
            assertThat(answer(client, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"resources/list\"}"))
                    .contains("note-a://1", "note-b://1", "note-c://1");
            assertThat(answer(client, read("note-a://1"))).contains("of a");
            assertThat(answer(client, read("note-b://1"))).contains("of b");
            assertThat(answer(client, McpClient.toolCall(1, "d__t"))).contains("-32602", "no such tool");
        }
        Counts.await(node, "sseStreams", 0);
        Counts.await(node, "calls", 0);
    }

    @Test
    void a_member_that_goes_takes_its_tools_along_and_the_session_goes_on() throws IOException {
        var client = new McpClient(node.route("joined"), key()).open("2025-11-25");
        assertThat(client.post(LIST).body()).contains("\"a__t\"", "\"b__t\"", "\"c__t\"");
        assertThat(client.post(McpClient.toolCall(2, "c__t")).body()).contains("by c");

        try (var stream = client.listen()) {
            Counts.await(node, "federationListeners", 1);
            route("a", "b");
            Files.delete(directory.resolve("upstreams/c.yaml"));

            assertThat(next(stream)).contains("notifications/tools/list_changed");
            assertThat(client.post(LIST).body())
                    .contains("\"a__t\"", "\"b__t\"")
                    .doesNotContain("\"c__t\"");
            assertThat(client.post(McpClient.toolCall(3, "c__t")).body())
                    .contains("\"id\":3")
                    .contains("-32602", "no such tool");
            assertThat(client.post(McpClient.toolCall(4, "a__t")).body()).contains("by a");
            assertThat(client.post(McpClient.toolCall(5, "b__t")).body()).contains("by b");
            assertThat(going.arrivals().getLast().key()).isNotEqualTo("tools/list");

            Counts.await(node, "federationListeners", 1);
            Counts.await("streams open to who went", going::open, 0);
            upstream("c", going.url(), "modern");
            route("a", "b", "c");
            assertThat(next(stream)).contains("notifications/tools/list_changed");
            assertThat(client.post(McpClient.toolCall(6, "c__t")).body()).contains("by c");
        }
        assertThat(client.delete().statusCode()).isEqualTo(204);
        Counts.await(node, "federationListeners", 0);
    }

    @Test
    void a_modern_listener_hears_that_a_member_went_and_listens_anew() throws IOException {
        var client = new McpClient(
                node.route("joined"),
                "Authorization",
                "Bearer " + node.aliceKey(),
                "MCP-Protocol-Version",
                "2026-07-28",
                "Mcp-Method",
                "subscriptions/listen");
        try (var stream = client.call("""
                {"jsonrpc":"2.0","id":"q","method":"subscriptions/listen","params":{\
                "notifications":{"toolsListChanged":true},"_meta":{\
                "io.modelcontextprotocol/protocolVersion":"2026-07-28",\
                "io.modelcontextprotocol/clientCapabilities":{}}}}""")) {
            assertThat(next(stream)).contains("acknowledged");
            route("a", "b");

            assertThat(next(stream)).contains("notifications/tools/list_changed");
            assertThat(next(stream)).contains("\"id\":\"q\",\"result\"");
        }
    }

    private static String next(McpClient.EventStream stream) {
        var event = stream.next();
        return event.data().isEmpty() && !event.id().isEmpty() ? stream.next().data() : event.data();
    }
}
