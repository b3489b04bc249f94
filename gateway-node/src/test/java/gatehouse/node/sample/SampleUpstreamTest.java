package gatehouse.node.sample;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.config.settings.Settings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The sample upstream without a gateway in front of it.
class SampleUpstreamTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    private static Path nowhere;

    private static SampleUpstream upstream;

    @BeforeAll
    static void start() {
        upstream = SampleUpstream.start(Settings.load(nowhere).config());
    }

    @AfterAll
    static void stop() {
        upstream.close();
    }

    @Test
    void a_legacy_call_needs_a_session() throws Exception {
        var call = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}";

        assertThat(post(call).statusCode()).isEqualTo(400);
        assertThat(post(call, "Mcp-Session-Id", "none").statusCode()).isEqualTo(404);
        assertThat(post(call, "Mcp-Session-Id", session("{}")).body()).contains("\"countdown\"");
    }

    @Test
    void a_legacy_question_travels_on_the_stream_of_its_call() throws Exception {
        var session = session("{\"elicitation\":{}}");

        var stream = open(call(7, "ask_name", "{}"), session);
        var question = data(stream);
        post(
                "{\"jsonrpc\":\"2.0\",\"id\":\"question-1\",\"result\":{\"action\":\"accept\",\"content\":{\"name\":\"Ada\"}}}",
                "Mcp-Session-Id",
                session);

        assertThat(question).contains("\"id\":\"question-1\"", "\"elicitation/create\"");
        assertThat(data(stream)).contains("\"id\":7", "Hello, Ada!");
    }

    @Test
    void a_client_that_cannot_be_asked_is_not() throws Exception {
        assertThat(post(call(1, "ask_name", "{}"), "Mcp-Session-Id", session("{}"))
                        .body())
                .contains("\"isError\":true");
        assertThat(modern("ask_name", "{}", "{}", "").body()).contains("-32021", "requiredCapabilities");
    }

    @Test
    void a_modern_question_is_an_answer() throws Exception {
        var asking = "{\"elicitation\":{\"form\":{}}}";

        var asked = modern("ask_name", "{}", asking, "");
        var answered = modern(
                "ask_name",
                "{}",
                asking,
                ",\"inputResponses\":{\"name\":{\"action\":\"accept\",\"content\":{\"name\":\"Grace\"}}}");

        assertThat(asked.body()).contains("\"resultType\":\"input_required\"", "\"inputRequests\"");
        assertThat(answered.body()).contains("\"resultType\":\"complete\"", "Hello, Grace!");
    }

    @Test
    void headers_that_lie_are_refused() throws Exception {
        var lie = post(
                enveloped("add", "{\"a\":1,\"b\":2}", "{}", ""),
                "MCP-Protocol-Version",
                "2026-07-28",
                "Mcp-Method",
                "tools/call",
                "Mcp-Name",
                "echo");

        assertThat(lie.statusCode()).isEqualTo(400);
        assertThat(lie.body()).contains("-32020");
    }

    @Test
    void a_web_page_is_not_heard() throws Exception {
        assertThat(post("{}", "Origin", "http://evil.example").statusCode()).isEqualTo(403);
    }

    @Test
    void numbers_are_added_as_they_are_written() throws Exception {
        assertThat(modern("add", "{\"a\":0.1,\"b\":0.2}", "{}", "").body())
                .contains("\"structuredContent\":{\"sum\":0.3}");
    }

    private static String session(String capabilities) throws Exception {
        var hello =
                "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-11-25\","
                        + "\"capabilities\":" + capabilities
                        + ",\"clientInfo\":{\"name\":\"test\",\"version\":\"1\"}}}";
        return post(hello).headers().firstValue("Mcp-Session-Id").orElseThrow();
    }

    private static HttpResponse<String> modern(String tool, String arguments, String capabilities, String more)
            throws Exception {
        return post(
                enveloped(tool, arguments, capabilities, more),
                "MCP-Protocol-Version",
                "2026-07-28",
                "Mcp-Method",
                "tools/call",
                "Mcp-Name",
                tool);
    }

    private static String enveloped(String tool, String arguments, String capabilities, String more) {
        return call(
                1,
                tool,
                arguments + more
                        + ",\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                        + "\"io.modelcontextprotocol/clientCapabilities\":" + capabilities + "}");
    }

    private static String call(int id, String tool, String arguments) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool
                + "\",\"arguments\":" + arguments + "}}";
    }

    private static HttpResponse<String> post(String body, String... headers) throws Exception {
        return CLIENT.send(request(body, headers), HttpResponse.BodyHandlers.ofString());
    }

    private static BufferedReader open(String body, String session) throws Exception {
        var response = CLIENT.send(request(body, "Mcp-Session-Id", session), HttpResponse.BodyHandlers.ofInputStream());
        return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    /// The next message of an event stream.
    private static String data(BufferedReader stream) throws IOException {
        for (var line = stream.readLine(); line != null; line = stream.readLine()) {
            if (line.startsWith("data: ")) {
                return line;
            }
        }
        throw new IllegalStateException("the stream ended");
    }

    private static HttpRequest request(String body, String... headers) {
        var request = HttpRequest.newBuilder(upstream.url())
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        return (headers.length == 0 ? request : request.headers(headers)).build();
    }
}
