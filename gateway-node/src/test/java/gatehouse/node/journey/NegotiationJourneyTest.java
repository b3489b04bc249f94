package gatehouse.node.journey;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.session.fake.Arrival;
import gatehouse.session.fake.FakeUpstream;
import gatehouse.session.fake.Script;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which revision both sides end up with, in every corner, over real HTTP.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NegotiationJourneyTest {

    private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}";
    private static final String INITIALIZE = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":%s}";
    private static final String DISCOVER = """
            {"jsonrpc":"2.0","id":"hello","method":"server/discover","params":{"_meta":{\
            "io.modelcontextprotocol/protocolVersion":"2026-07-28",\
            "io.modelcontextprotocol/clientCapabilities":{}}}}""";

    private final FakeUpstream upstream = FakeUpstream.legacy();
    private LocalNode node;

    @BeforeAll
    void start(@TempDir Path directory) {
        node = LocalNode.start(
                upstream.url(),
                directory,
                "gateway.upstream.probing { timeout = 300 ms, undecided = 10 ms, decided = 10 ms }");
    }

    @AfterEach
    void forgive() {
        settles("2025-11-25");
        upstream.on("server/discover", Script.status(404));
    }

    @AfterAll
    void stop() {
        node.close();
        upstream.close();
    }

    /// The session id is not looked at again.
    private void settles(String version) {
        upstream.on(
                "initialize",
                Script.result(
                        "{\"protocolVersion\":\"" + version + "\",\"capabilities\":{},"
                                + "\"serverInfo\":{\"name\":\"x\",\"version\":\"1\"}}",
                        "Mcp-Session-Id: s-1"));
        upstream.on("tools/list", Script.result("{\"tools\":[]}"));
        upstream.on("notifications/initialized", Script.status(202));
    }

    private McpClient client(String... headers) {
        return new McpClient(node.route("open"), headers);
    }

    private Arrival last(String key) {
        return upstream.arrivals().reversed().stream()
                .filter(arrival -> arrival.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    private static String session(HttpResponse<String> opened) {
        return opened.headers().firstValue("Mcp-Session-Id").orElseThrow();
    }

    /// 2025-03-26 had no such header.
    @Test
    void a_client_that_names_no_revision_in_its_headers_holds_a_session() {
        settles("2025-03-26");
        var opened = client().post(INITIALIZE.formatted("{\"protocolVersion\":\"2025-03-26\",\"capabilities\":{}}"));
        var client = client("Mcp-Session-Id", session(opened));

        assertThat(opened.body()).contains("\"protocolVersion\":\"2025-03-26\"");
        assertThat(client.post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}")
                        .statusCode())
                .isEqualTo(202);
        assertThat(client.post(LIST).statusCode()).isEqualTo(200);
        assertThat(client.delete().statusCode()).isEqualTo(204);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2024-11-05 | 2024-11-05
            2025-03-26 | 2025-03-26
            2025-06-18 | 2025-06-18
            2025-11-25 | 2025-11-25
            2026-07-28 | 2025-11-25
            2024-10-07 | 2025-11-25
            2099-01-01 | 2025-11-25
            latest     | 2025-11-25
            """)
    void the_upstream_is_asked_for_what_the_client_asked_for_if_that_has_sessions(String asked, String passed) {
        settles(passed);
        var opened = client().post(INITIALIZE.formatted("{\"protocolVersion\":\"" + asked + "\",\"capabilities\":{}}"));

        assertThat(opened.statusCode()).isEqualTo(200);
        assertThat(opened.body()).contains("\"protocolVersion\":\"" + passed + "\"");
        var arrival = last("initialize");
        assertThat(arrival.body()).contains("\"protocolVersion\":\"" + passed + "\"");
        client("Mcp-Session-Id", session(opened)).delete();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"protocolVersion\":7}", "{\"protocolVersion\":null}", "{\"protocolVersion\":{}}"})
    void a_client_that_asks_for_nothing_readable_gets_the_newest_that_has_sessions(String params) {
        settles("2025-11-25");
        var opened = client().post(INITIALIZE.formatted(params));

        assertThat(opened.body()).contains("\"protocolVersion\":\"2025-11-25\"");
        client("Mcp-Session-Id", session(opened)).delete();
    }

    /// Clients of Streamable HTTP hang up on 2024-11-05, which has none.
    @Test
    void behind_an_upstream_that_knows_only_2024_11_05_each_side_speaks_what_it_can() {
        settles("2024-11-05");
        var opened = client().post(INITIALIZE.formatted("{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{}}"));
        var client = client("Mcp-Session-Id", session(opened), "MCP-Protocol-Version", "2025-03-26");

        assertThat(opened.body()).contains("\"protocolVersion\":\"2025-03-26\"").contains("serverInfo");
        assertThat(client.post(LIST).statusCode()).isEqualTo(200);
        var arrival = last("tools/list");
        assertThat(arrival.header("MCP-Protocol-Version")).isEqualTo("2024-11-05");
        client.delete();
    }

    @Test
    void what_was_negotiated_counts_and_not_what_a_later_header_says() {
        settles("2025-06-18");
        var opened = client().post(INITIALIZE.formatted("{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{}}"));
        var client = client("Mcp-Session-Id", session(opened), "MCP-Protocol-Version", "2025-11-25");

        assertThat(client.post(LIST).statusCode()).isEqualTo(200);
        var arrival = last("tools/list");
        assertThat(arrival.header("MCP-Protocol-Version")).isEqualTo("2025-06-18");
        client.delete();
    }

    @ParameterizedTest
    @CsvSource({"2023-01-01, -32000", "2026-07-28, -32602", "x, -32000"})
    void a_header_that_names_no_revision_with_sessions_is_refused(String version, String code) {
        var refused =
                client("Mcp-Session-Id", "x", "MCP-Protocol-Version", version).post(LIST);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains(code).contains("\"id\":1");
    }

    /// A client of both eras gives up on 401, 403 and 5xx, and on silence; anything else makes it fall back.
    @ParameterizedTest
    @ValueSource(ints = {401, 403, 407, 429, 500, 502, 503})
    void what_is_wrong_with_an_upstream_never_stops_a_client_from_falling_back(int status) {
        upstream.on("server/discover", Script.status(status)).on("initialize", Script.status(status));
        assertFallsBack(discover());

        upstream.on("server/discover", Script.error(status, -32603)).on("initialize", Script.status(status));
        assertFallsBack(discover());
    }

    @Test
    void neither_does_its_silence() {
        upstream.on("server/discover", Script.hang()).on("initialize", Script.hang());

        assertFallsBack(discover());
    }

    @Test
    void neither_does_its_absence(@TempDir Path directory) {
        var gone = FakeUpstream.start();
        gone.close();
        try (var alone = LocalNode.start(gone.url(), directory)) {
            var answer = new McpClient(alone.route("open"))
                    .post(DISCOVER, "MCP-Protocol-Version", "2026-07-28", "Mcp-Method", "server/discover");
            var opened = new McpClient(alone.route("open")).post(INITIALIZE.formatted("{}"));

            assertFallsBack(answer);
            assertThat(answer.body()).contains("nothing was sent");
            assertThat(opened.statusCode()).isEqualTo(200);
            assertThat(opened.body()).contains("-32603").contains("not sent");
        }
    }

    @Test
    void only_who_is_really_refused_is_told_so() {
        var nobody = new McpClient(node.route("crew"))
                .post(DISCOVER, "MCP-Protocol-Version", "2026-07-28", "Mcp-Method", "server/discover");
        var stranger = new McpClient(node.route("crew"), "Authorization", "Bearer " + node.bobKey())
                .post(DISCOVER, "MCP-Protocol-Version", "2026-07-28", "Mcp-Method", "server/discover");

        assertThat(nobody.statusCode()).isEqualTo(401);
        assertThat(stranger.statusCode()).isEqualTo(403);
    }

    private HttpResponse<String> discover() {
        return client().post(DISCOVER, "MCP-Protocol-Version", "2026-07-28", "Mcp-Method", "server/discover");
    }

    private static void assertFallsBack(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isIn(200, 400);
        assertThat(answer.body()).contains("\"id\":\"hello\"").contains("\"error\"");
    }
}
